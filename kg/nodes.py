"""Between the models and the nodes that hold them.

Node ids are the ids of the models; targets and indicators carry a prefix, because both are dotted names.
"""

from typing import TypeVar

from pydantic import ValidationError

from kg import captions
from kg.store.facets import INDICATOR_PREFIX
from schemas.actor import Actor, Alias, Judgement
from schemas.base import Model
from schemas.claim import Claim, Target
from schemas.errors import BackendError, InputError
from schemas.evidence import Indicator, Observation, Resolution, Verdict
from schemas.graph import Node, NodeLabel
from schemas.text import Document

AnyModel = TypeVar("AnyModel", bound=Model)


def target_node_id(target_id: str) -> str:
    """Return the id of the node of a target.

    Example:
        >>> target_node_id("us.gdp.growth")
        'target:us.gdp.growth'
    """
    return f"target:{target_id}"


def indicator_node_id(indicator_id: str) -> str:
    """Return the id of the node of an indicator.

    Example:
        >>> indicator_node_id("us.treasury.10y")
        'indicator:us.treasury.10y'
    """
    return f"{INDICATOR_PREFIX}{indicator_id}"


def document_node(document: Document) -> Node:
    """Return the node of a document."""
    return _node(NodeLabel.DOCUMENT, document.document_id, captions.document_caption(document), document)


def claim_node(claim: Claim) -> Node:
    """Return the node of a claim."""
    return _node(NodeLabel.CLAIM, claim.claim_id, captions.claim_caption(claim), claim)


def actor_node(actor: Actor) -> Node:
    """Return the node of an actor."""
    return _node(NodeLabel.ACTOR, actor.actor_id, captions.actor_caption(actor), actor)


def target_node(target: Target) -> Node:
    """Return the node of a target; its caption is its dotted id, until a catalogue names it."""
    return _node(NodeLabel.TARGET, target_node_id(target.target_id), target.target_id, target)


def indicator_node(indicator: Indicator) -> Node:
    """Return the node of an indicator."""
    node_id = indicator_node_id(indicator.indicator_id)
    return _node(NodeLabel.INDICATOR, node_id, captions.indicator_caption(indicator), indicator)


def observation_node(observation: Observation) -> Node:
    """Return the node of an observation."""
    caption = captions.observation_caption(observation)
    return _node(NodeLabel.OBSERVATION, observation.observation_id, caption, observation)


def resolution_node(resolution: Resolution) -> Node:
    """Return the node of a resolution."""
    caption = captions.resolution_caption(resolution)
    return _node(NodeLabel.RESOLUTION, resolution.resolution_id, caption, resolution)


def verdict_node(verdict: Verdict) -> Node:
    """Return the node of a verdict."""
    return _node(NodeLabel.VERDICT, verdict.verdict_id, captions.verdict_caption(verdict), verdict)


def judgement_node(judgement: Judgement) -> Node:
    """Return the node of a judgement of two actors."""
    return _node(NodeLabel.JUDGEMENT, judgement.judgement_id, captions.judgement_caption(judgement), judgement)


def alias_node(alias: Alias) -> Node:
    """Return the node of a name that an editor gave."""
    return _node(NodeLabel.ALIAS, alias.alias_id, captions.shortened(alias.name.text), alias)


def document_of(node: Node) -> Document:
    """Return the document that a node holds."""
    return _model(node, NodeLabel.DOCUMENT, Document)


def claim_of(node: Node) -> Claim:
    """Return the claim that a node holds."""
    return _model(node, NodeLabel.CLAIM, Claim)


def actor_of(node: Node) -> Actor:
    """Return the actor that a node holds."""
    return _model(node, NodeLabel.ACTOR, Actor)


def target_of(node: Node) -> Target:
    """Return the target that a node holds."""
    return _model(node, NodeLabel.TARGET, Target)


def indicator_of(node: Node) -> Indicator:
    """Return the indicator that a node holds."""
    return _model(node, NodeLabel.INDICATOR, Indicator)


def observation_of(node: Node) -> Observation:
    """Return the observation that a node holds."""
    return _model(node, NodeLabel.OBSERVATION, Observation)


def resolution_of(node: Node) -> Resolution:
    """Return the resolution that a node holds."""
    return _model(node, NodeLabel.RESOLUTION, Resolution)


def verdict_of(node: Node) -> Verdict:
    """Return the verdict that a node holds."""
    return _model(node, NodeLabel.VERDICT, Verdict)


def judgement_of_node(node: Node) -> Judgement:
    """Return the judgement that a node holds."""
    return _model(node, NodeLabel.JUDGEMENT, Judgement)


def alias_of(node: Node) -> Alias:
    """Return the editor's name that a node holds."""
    return _model(node, NodeLabel.ALIAS, Alias)


def _node(label: NodeLabel, node_id: str, caption: str, model: Model) -> Node:
    return Node(node_id=node_id, label=label, caption=caption, data=model.model_dump(mode="json"))


def _model(node: Node, label: NodeLabel, model: type[AnyModel]) -> AnyModel:
    if node.label is not label:
        raise InputError("ledger.label", f"{node.node_id} is a {node.label}, not a {label}", node_id=node.node_id)
    try:
        return model.model_validate(node.data)
    except ValidationError as error:
        message = f"{node.node_id}: what is kept of it is no {label}: the store is damaged, restore a backup"
        raise BackendError("store.corrupt", message, node_id=node.node_id) from error
