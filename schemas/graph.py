"""The graph: nodes, edges, the changes that made them, and what can be asked."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, Generic, Literal, Self, TypeVar

from pydantic import AwareDatetime, Field, JsonValue, model_validator

from schemas.base import Model
from schemas.claim import ClaimKind
from schemas.ids import content_id

CHANGE: Final = "change"
"""What the ids made by `change_of` begin with."""


class NodeLabel(StrEnum):
    """What a node is; the same word is the Neo4j label and the RDF class."""

    DOCUMENT = "Document"
    CLAIM = "Claim"
    ACTOR = "Actor"
    TARGET = "Target"
    INDICATOR = "Indicator"
    OBSERVATION = "Observation"
    RESOLUTION = "Resolution"
    VERDICT = "Verdict"
    JUDGEMENT = "Judgement"
    ALIAS = "Alias"


class EdgeType(StrEnum):
    """What an edge says; read it source, type, target."""

    STATED_IN = "STATED_IN"
    ASSERTED_BY = "ASSERTED_BY"
    MENTIONS = "MENTIONS"
    FORECASTS = "FORECASTS"
    EMPLOYED_BY = "EMPLOYED_BY"
    PUBLISHED_BY = "PUBLISHED_BY"
    MEASURED_BY = "MEASURED_BY"
    OBSERVATION_OF = "OBSERVATION_OF"
    RESOLVES = "RESOLVES"
    CHECKS = "CHECKS"
    RESTS_ON = "RESTS_ON"
    JUDGES = "JUDGES"
    NAMES = "NAMES"
    RESTATES = "RESTATES"
    CONTRADICTS = "CONTRADICTS"
    SUPERSEDES = "SUPERSEDES"
    RELAYS = "RELAYS"


class Node(Model):
    """A node: its id, label, a short Chinese caption, and its model dumped to JSON values."""

    element: Literal["node"] = "node"
    node_id: str
    label: NodeLabel
    caption: str
    data: dict[str, JsonValue]


class Edge(Model):
    """A directed edge between two nodes; its id follows from type and ends."""

    element: Literal["edge"] = "edge"
    edge_id: str
    edge_type: EdgeType
    source_id: str
    target_id: str
    data: dict[str, JsonValue] = Field(default_factory=dict)


def edge_of(edge_type: EdgeType, source_id: str, target_id: str, **data: JsonValue) -> Edge:
    """Return the edge with its content id.

    Example:
        >>> edge_of(EdgeType.STATED_IN, "claim-1", "document-1").source_id
        'claim-1'
    """
    edge_id = content_id("edge", edge_type.value, source_id, target_id)
    return Edge(edge_id=edge_id, edge_type=edge_type, source_id=source_id, target_id=target_id, data=data)


Element = Annotated[Node | Edge, Field(discriminator="element")]


def element_id(element: Node | Edge) -> str:
    """Return the id of a node or an edge."""
    return element.node_id if isinstance(element, Node) else element.edge_id


class Change(Model):
    """One change: who, when, why, what was there before and what is there after.

    `before` None means created, `after` None means removed. `change_id` is made by the client;
    sending a change twice changes nothing the second time. A change whose `before` is not the
    present state is refused as a conflict.
    """

    change_id: str
    recorded_at: AwareDatetime
    who: str
    why: str
    before: Element | None = None
    after: Element | None = None

    @model_validator(mode="after")
    def _names_one_element(self) -> Self:
        present = [element_id(e) for e in (self.before, self.after) if e is not None]
        if not present or len(set(present)) != 1:
            raise ValueError("a change names one element, before or after or both")
        return self

    @property
    def element_id(self) -> str:
        """The id of the node or edge that changes."""
        return next(element_id(e) for e in (self.after, self.before) if e is not None)


class LoggedChange(Model):
    """A change as the store keeps it, with its place in the log (1, 2, 3, …)."""

    sequence: int = Field(ge=1)
    change: Change


class Applied(Model):
    """What became of a batch of changes: how many were new, how many were known already."""

    applied: int = Field(ge=0)
    known: int = Field(ge=0)
    last_sequence: int = Field(ge=0)


class Order(StrEnum):
    """How a page is ordered; ties are broken by id, so that pages are stable.

    `-published` is the whole order of `published` reversed, so the undated come last. `position` is the
    order of the text, document by document. `-check_worthiness` puts first what is most worth checking, last what
    has no such figure; `due` puts first what fell due first, before all what has no such day.
    """

    ID = "id"
    PUBLISHED = "published"
    PUBLISHED_DESCENDING = "-published"
    POSITION = "position"
    CHECK_WORTHINESS = "-check_worthiness"
    DUE = "due"


class Review(StrEnum):
    """How far a claim was judged, by its last resolution or verdict.

    `open` was looked at without a decision (pending, unresolvable, not enough evidence), `decided` was found true,
    false, supported, refuted, mixed, or annulled.
    """

    UNREVIEWED = "unreviewed"
    OPEN = "open"
    DECIDED = "decided"


class Query(Model):
    """What to find among nodes of one label; all filters must hold.

    `actor_id`, `kind`, `document_id`, `target_id`, `period_*`, `said_*`, `claim_id` apply to claims
    (`claim_id`, `outcome` to resolutions and verdicts); `text` looks into captions and claim texts, in either script.
    `outcome` of a claim, and `review`, are what its last resolution or verdict says: that of the latest day.
    `due_by` finds predictions that nothing has decided and whose day has come: the day that the last resolution
    waits for, else the end of the window. `min_check_worthiness` leaves out claims without that figure.
    `indicator_id` finds figures of this series, and forecasts of what it measures.
    `target_id` also finds what lies below it: `us.gdp` finds `us.gdp.growth`.
    `actor_id` is one who asserts the claim; `author` finds all authors', `author:DOCUMENT_ID` one's; of a
    judgement or an alias it is one whom it is about. `actor_ids` finds what any of these actors asserts, as
    the ids of one actor who was met under several; empty it filters nothing.
    `period_*` finds claims with a period, or a window, that overlaps these days, both inclusive.
    `publisher` and `published_*` of a claim are those of its document; the undated are in no range.
    `said_*` is the date of the statement, both inclusive.
    Words of `text` parted by blanks must all occur.
    """

    label: NodeLabel
    actor_id: str | None = None
    actor_ids: tuple[str, ...] = ()
    kind: ClaimKind | None = None
    document_id: str | None = None
    claim_id: str | None = None
    publisher: str | None = None
    target_id: str | None = None
    indicator_id: str | None = None
    outcome: str | None = None
    review: Review | None = None
    due_by: date | None = None
    min_check_worthiness: float | None = Field(default=None, ge=0, le=1)
    said_from: date | None = None
    said_to: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    text: str | None = None
    order: Order = Order.ID
    limit: int = Field(default=50, ge=1, le=1000)
    cursor: str | None = None


Item = TypeVar("Item")


class Page(Model, Generic[Item]):
    """A page of results; `next_cursor` is None on the last one."""

    items: tuple[Item, ...]
    next_cursor: str | None = None


class Subgraph(Model):
    """Nodes and the edges among them; `is_truncated` where a limit cut it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    is_truncated: bool = False


def change_of(before: Element | None, after: Element | None, *, who: str, why: str, at: datetime) -> Change:
    """Return a change whose id follows from what it does and when.

    Sending the same change object again is harmless. A store also takes a change whose `after` is
    already the present state as known, so that reading an article twice adds nothing.
    """
    forms = [e.model_dump_json() if e is not None else None for e in (before, after)]
    change_id = change_id_of(at.isoformat(), *forms)
    return Change(change_id=change_id, recorded_at=at, who=who, why=why, before=before, after=after)


def change_id_of(recorded_at: str, before: str | None, after: str | None) -> str:
    """Return the id that follows from a moment in ISO form and two elements dumped to JSON.

    Example:
        >>> change_id_of("2026-01-01T00:00:00+00:00", None, "{}")
        'change-c6a4e5d5107a7bfdc738a39d'
    """
    return content_id(CHANGE, recorded_at, before, after)
