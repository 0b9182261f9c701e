"""Between the models and the graph: changes out of what was read or judged, and models out of nodes.

A change is made only where the graph does not say the same already, so that reading an article twice
adds nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from pydantic import JsonValue

from kg.employments import Role, data_of, roles_in
from kg.indicators import catalogue
from kg.nodes import (
    actor_node,
    actor_of,
    claim_node,
    claim_of,
    document_node,
    document_of,
    indicator_node,
    indicator_node_id,
    indicator_of,
    observation_node,
    observation_of,
    resolution_node,
    resolution_of,
    target_node,
    target_node_id,
    target_of,
    verdict_node,
    verdict_of,
)
from kg.store.facets import author_id_of
from schemas.actor import ANALYSTS, AUTHOR, MARKET, Actor, ActorTag, ActorType, Name
from schemas.claim import Claim, Target
from schemas.errors import InputError
from schemas.evidence import Indicator, Observation, Resolution, Verdict
from schemas.extraction import Extraction
from schemas.graph import Change, Edge, EdgeType, LoggedChange, Node, NodeLabel, change_of, edge_of
from schemas.text import Document, Locale

__all__ = [
    "Present",
    "actor_of",
    "changes_of_extraction",
    "changes_of_observations",
    "changes_of_resolutions",
    "changes_of_verdicts",
    "claim_of",
    "document_of",
    "indicator_of",
    "merged_actor",
    "observation_of",
    "resolution_of",
    "speaker_node_id",
    "target_of",
    "verdict_of",
]

RESERVED: Final = {
    MARKET: Actor(actor_id=MARKET, actor_type=ActorType.ORGANISATION, names=(Name(text="市場", script="zh-Hant"),)),
    ANALYSTS: Actor(
        actor_id=ANALYSTS, actor_type=ActorType.ORGANISATION, names=(Name(text="分析師", script="zh-Hant"),)
    ),
}
"""Speakers that are no single body, one node each for all articles."""


class Present(Protocol):
    """The part of a store that is looked up to see what the graph says already."""

    def nodes(self, node_ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that are there."""
        ...

    def history(self, element_id: str) -> tuple[LoggedChange, ...]:
        """Return every change of a node or edge, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Note:
    """Who records, when, and why; the same on every change of one batch."""

    who: str
    at: datetime
    why: str


@dataclass(slots=True)
class _Draft:
    """The nodes and edges that a batch wants, each once, in the order of their first mention."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def link(self, edge_type: EdgeType, source_id: str, target_id: str, **data: JsonValue) -> None:
        """Add an edge unless it is there."""
        edge = edge_of(edge_type, source_id, target_id, **data)
        self.edges.setdefault(edge.edge_id, edge)

    def add(self, node: Node) -> None:
        """Add a node unless one of its id is there."""
        self.nodes.setdefault(node.node_id, node)


def changes_of_extraction(extraction: Extraction, store: Present, *, who: str, at: datetime) -> list[Change]:
    """Return the changes that bring a document that was read into the graph.

    Actors that are there already keep their names and get the new ones. Claims of an older reading of
    the same document stay.

    Args:
        extraction: a document read whole; every speaker and every mention has its actor or its tag.
        store: what the graph says now.
        who: the program and version that read the document.
        at: when it is recorded, with a zone.

    Returns:
        The changes in an order that a store takes: nodes first. Empty where all is known.

    Raises:
        InputError: a claim names an actor that the extraction does not hold, code "ledger.actor_unknown".
    """
    document = extraction.document
    draft = _Draft()
    draft.add(document_node(document))
    actors = _actors_of(extraction)
    for actor in actors.values():
        draft.add(actor_node(actor))
    for claim in extraction.claims:
        _draft_claim(draft, claim)
    if document.publication.publisher:
        publisher = _publisher_of(document, actors.values())
        draft.add(actor_node(publisher))
        draft.link(EdgeType.PUBLISHED_BY, document.document_id, publisher.actor_id)
    _draft_employments(draft, extraction, store)
    return _changes(draft, store, Note(who, at, f"read {document.document_id}"))


def changes_of_observations(
    observations: Iterable[Observation],
    *,
    store: Present,
    who: str,
    at: datetime,
    indicators: Mapping[str, Indicator] | None = None,
) -> list[Change]:
    """Return the changes that bring realised figures and their series into the graph.

    Args:
        observations: the figures.
        store: what the graph says now.
        who: the source or the person they come from.
        at: when it is recorded, with a zone.
        indicators: the series by id; ours where it is left out.

    Raises:
        InputError: a figure is of a series that is neither given nor there, code "ledger.indicator_unknown".
    """
    described = catalogue().indicators if indicators is None else indicators
    draft = _Draft()
    for observation in observations:
        if observation.indicator_id in described:
            _draft_indicator(draft, described[observation.indicator_id])
        node_id = indicator_node_id(observation.indicator_id)
        draft.add(observation_node(observation))
        draft.link(EdgeType.OBSERVATION_OF, observation.observation_id, node_id)
    _check_indicators(draft, store)
    return _changes(draft, store, Note(who, at, "import observations"))


def changes_of_resolutions(
    resolutions: Iterable[Resolution], *, store: Present, who: str, at: datetime
) -> list[Change]:
    """Return the changes that record what predictions came to."""
    draft = _Draft()
    for resolution in resolutions:
        draft.add(resolution_node(resolution))
        draft.link(EdgeType.RESOLVES, resolution.resolution_id, resolution.claim_id)
        for observation_id in resolution.observation_ids:
            draft.link(EdgeType.RESTS_ON, resolution.resolution_id, observation_id)
    return _changes(draft, store, Note(who, at, "resolve predictions"))


def changes_of_verdicts(verdicts: Iterable[Verdict], *, store: Present, who: str, at: datetime) -> list[Change]:
    """Return the changes that record what checking statements found."""
    draft = _Draft()
    for verdict in verdicts:
        draft.add(verdict_node(verdict))
        draft.link(EdgeType.CHECKS, verdict.verdict_id, verdict.claim_id)
        for observation_id in verdict.observation_ids:
            draft.link(EdgeType.RESTS_ON, verdict.verdict_id, observation_id)
    return _changes(draft, store, Note(who, at, "check statements"))


def speaker_node_id(speaker: str, document_id: str) -> str:
    """Return the id of the node of a claim's speaker: the author of one article is nobody else's author.

    Example:
        >>> speaker_node_id("market", "document-1"), speaker_node_id("author", "document-1")
        ('market', 'author:document-1')
    """
    return author_id_of(document_id) if speaker == AUTHOR else speaker


def merged_actor(known: Actor, other: Actor) -> Actor:
    """Return an actor with the names of both, the known ones first.

    What is certain replaces what is provisional: an actor of the base gives the type, and its names
    stand first.

    Example:
        >>> def named(*texts: str) -> Actor:
        ...     names = tuple(Name(text=text, script="zh-Hant") for text in texts)
        ...     return Actor(actor_id="ubs", actor_type=ActorType.ORGANISATION, names=names)
        >>> [name.text for name in merged_actor(named("瑞銀"), named("瑞銀集團", "瑞銀")).names]
        ['瑞銀', '瑞銀集團']
    """
    first, second = (other, known) if known.is_provisional and not other.is_provisional else (known, other)
    texts = {name.text for name in first.names}
    added = tuple(name for name in second.names if name.text not in texts)
    return first.model_copy(
        update={"names": first.names + added, "wikidata_id": first.wikidata_id or second.wikidata_id}
    )


def _draft_claim(draft: _Draft, claim: Claim) -> None:
    draft.add(claim_node(claim))
    draft.link(EdgeType.STATED_IN, claim.claim_id, claim.document_id)
    for speaker in claim.attribution.speakers:
        draft.link(EdgeType.ASSERTED_BY, claim.claim_id, speaker_node_id(speaker, claim.document_id))
    for actor_id in claim.mentions:
        draft.link(EdgeType.MENTIONS, claim.claim_id, speaker_node_id(actor_id, claim.document_id))
    if claim.prediction is not None:
        target = target_node(claim.prediction.target)
        draft.add(target)
        draft.link(EdgeType.FORECASTS, claim.claim_id, target.node_id)


def _draft_indicator(draft: _Draft, indicator: Indicator) -> None:
    node = indicator_node(indicator)
    if node.node_id in draft.nodes:
        return
    draft.add(node)
    for target_id in indicator.targets:
        subject, _, measure = target_id.partition(".")
        draft.add(target_node(Target(target_id=target_id, subject=subject, measure=measure)))
        draft.link(EdgeType.MEASURED_BY, target_node_id(target_id), node.node_id)


def _actors_of(extraction: Extraction) -> dict[str, Actor]:
    """Return the actors that the document's claims and employments name, and those found besides."""
    document_id = extraction.document.document_id
    actors = {actor.actor_id: actor for actor in extraction.actors if actor.actor_id != AUTHOR}
    byline = [actor for actor in extraction.actors if actor.actor_id == AUTHOR]
    reserved = {**RESERVED, author_id_of(document_id): _author_of(extraction.document, byline)}
    tags = {tag.actor_id: tag for tag in reversed(extraction.actor_tags)}
    for actor_id in _named_actors(extraction):
        if actor_id in actors:
            continue
        if actor_id in reserved:
            actors[actor_id] = reserved[actor_id]
        elif actor_id in tags:
            actors[actor_id] = _actor_of_tag(tags[actor_id], extraction.document)
        else:
            raise InputError(
                "ledger.actor_unknown",
                f"a claim of {document_id} names the actor {actor_id}, who is nowhere described",
                actor_id=actor_id,
            )
    return actors


def _named_actors(extraction: Extraction) -> Iterator[str]:
    document_id = extraction.document.document_id
    named = [actor_id for claim in extraction.claims for actor_id in (*claim.attribution.speakers, *claim.mentions)]
    for employment in extraction.employments:
        named += filter(None, (employment.person_id, employment.employer_id))
    named += (actor.actor_id for actor in extraction.actors if actor.actor_id == AUTHOR)
    return (speaker_node_id(actor_id, document_id) for actor_id in named)


def _author_of(document: Document, byline: Iterable[Actor]) -> Actor:
    """Return the author with the name of the publication data, then those found in the text."""
    given = document.publication.author
    names = {given: _name(given, document)} if given else {}
    for name in (name for actor in byline for name in actor.names):
        names.setdefault(name.text, name)
    return Actor(
        actor_id=author_id_of(document.document_id),
        actor_type=ActorType.PERSON,
        names=tuple(names.values()),
        is_provisional=True,
    )


def _actor_of_tag(tag: ActorTag, document: Document) -> Actor:
    names = (_name(tag.span.of(document.text), document),)
    return Actor(actor_id=tag.actor_id, actor_type=tag.actor_type, names=names, is_provisional=True)


def _publisher_of(document: Document, actors: Iterable[Actor]) -> Actor:
    """Return the actor of the publisher's name, a provisional one where no name fits."""
    publisher = document.publication.publisher or ""
    for actor in actors:
        if any(name.text == publisher for name in actor.names):
            return actor
    names = (_name(publisher, document),)
    return Actor(actor_id=publisher, actor_type=ActorType.MEDIA, names=names, is_provisional=True)


def _name(text: str, document: Document) -> Name:
    script = "zh-Hans" if document.locale is Locale.MAINLAND else "zh-Hant"
    return Name(text=text, script="en" if text.isascii() else script)


def _draft_employments(draft: _Draft, extraction: Extraction, store: Present) -> None:
    """Add who works for whom, with the days on which each title was said; the title said last is shown."""
    document = extraction.document
    roles: dict[tuple[str, str], list[Role]] = {}
    for employment in extraction.employments:
        if employment.employer_id is not None:
            person_id = speaker_node_id(employment.person_id, document.document_id)
            role = Role.of(employment.title, document.published)
            roles.setdefault((person_id, employment.employer_id), []).append(role)
    for (person_id, employer_id), found in roles.items():
        before = present_edge(store, edge_of(EdgeType.EMPLOYED_BY, person_id, employer_id).edge_id)
        known = roles_in(before.data) if before is not None else ()
        draft.link(EdgeType.EMPLOYED_BY, person_id, employer_id, **data_of([*known, *found]))


def _check_indicators(draft: _Draft, store: Present) -> None:
    wanted = [edge.target_id for edge in draft.edges.values() if edge.edge_type is EdgeType.OBSERVATION_OF]
    missing = [node_id for node_id in dict.fromkeys(wanted) if node_id not in draft.nodes]
    there = {node.node_id for node in store.nodes(missing)}
    unknown = next((node_id for node_id in missing if node_id not in there), None)
    if unknown is not None:
        raise InputError(
            "ledger.indicator_unknown", f"a figure is of the series {unknown}, which nothing describes", node_id=unknown
        )


def _changes(draft: _Draft, store: Present, note: Note) -> list[Change]:
    """Return the changes from what is there to what the draft wants."""
    present = {node.node_id: node for node in store.nodes(list(draft.nodes))}
    changes = []
    for node in draft.nodes.values():
        before = present.get(node.node_id)
        after = _settled(before, node)
        if after != before:
            changes.append(change_of(before, after, who=note.who, why=note.why, at=note.at))
    for edge in draft.edges.values():
        # An edge can be there only where its source was.
        before_edge = present_edge(store, edge.edge_id) if edge.source_id in present else None
        if edge != before_edge:
            changes.append(change_of(before_edge, edge, who=note.who, why=note.why, at=note.at))
    return changes


def present_edge(store: Present, edge_id: str) -> Edge | None:
    """Return the edge of this id as it is now; None where there is none."""
    history = store.history(edge_id)
    last = history[-1].change.after if history else None
    return last if isinstance(last, Edge) else None


def _settled(before: Node | None, wanted: Node) -> Node:
    """Return the node as it shall be: actors gain names, a target stays as it was first described."""
    if before is None or before.label is not wanted.label:
        return wanted
    if wanted.label is NodeLabel.ACTOR:
        return actor_node(merged_actor(actor_of(before), actor_of(wanted)))
    return before if wanted.label is NodeLabel.TARGET else wanted
