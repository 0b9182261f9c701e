"""The row of a node: what queries filter and order it by, in the columns of its table."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, Self, TypeAlias

from kg.store.bigrams import shadow_form
from kg.store.facets import Facets, facets_of
from schemas.graph import Node, NodeLabel

NODE_COLUMNS: Final = (
    "key", "node_id", "head", "label", "published", "document_id", "position", "kind", "publisher", "target_id",
    "claim_id", "indicator_id", "outcome", "said_on", "window_end", "due", "check_worthiness", "shadow",
)  # fmt: skip
NULLABLE: Final = frozenset(
    {"kind", "publisher", "target_id", "claim_id", "indicator_id", "outcome", "said_on", "window_end"}
)
"""NULL where unknown, so that indexes leave them out. A row has '' there, for to bind None takes a third of a
microsecond: sqlite3 first looks for an adapter."""
_GIVEN_OF_CLAIM: Final = (
    "key", "node_id", "published", "document_id", "position", "kind", "publisher", "target_id", "said_on", "due",
    "check_worthiness", "shadow",
)  # fmt: skip
_SAID_OF_CLAIM: Final = {"head": "?1", "label": "'Claim'", "window_end": "nullif(?10, '')"}
"""What follows from those: nothing has changed or judged the claim yet."""


def _values(names: Iterable[str]) -> list[str]:
    return [f"nullif(?{k}, '')" if name in NULLABLE else f"?{k}" for k, name in enumerate(names, 1)]


INSERT_NODE: Final = f"INSERT INTO node ({', '.join(NODE_COLUMNS)}) VALUES ({', '.join(_values(NODE_COLUMNS))})"  # noqa: S608
INSERT_CLAIM: Final = (
    f"INSERT INTO node ({', '.join([*_GIVEN_OF_CLAIM, *_SAID_OF_CLAIM])})"  # noqa: S608
    f" VALUES ({', '.join([*_values(_GIVEN_OF_CLAIM), *_SAID_OF_CLAIM.values()])})"
)
"""Of a claim that is new: two thirds of the values, in three quarters of the time."""
INSERT_ACTOR: Final = "INSERT INTO node_actor VALUES (?1, ?2, ?3, ?4)"
INSERT_PERIOD: Final = "INSERT INTO node_period VALUES (?1, ?2, ?3)"
SELECTED_COLUMNS: Final = ", ".join(f"ifnull({name}, '')" if name in NULLABLE else name for name in NODE_COLUMNS)
"""What a table has, in the form of a row."""
PUBLISHED: Final = NODE_COLUMNS.index("published")
NO_WORTH: Final = -1.0
"""Stands for a check-worthiness that nobody worked out: below every one that is there."""

NodeRow: TypeAlias = tuple[str | int | float, ...]
Publication: TypeAlias = tuple[str | None, str | None]
"""Publisher and date of a document, which its claims take over."""
UNKNOWN: Final[Publication] = (None, None)
LABELS: Final = {label: label.value for label in NodeLabel}
"""Their names as plain text."""
CLAIM: Final = NodeLabel.CLAIM
"""Asked for a node at a time, and to name a member of an enumeration takes a tenth of a microsecond."""


class NodeWrite(NamedTuple):
    """A node to be written, with its facets and its text in the form that is compared."""

    node_id: str
    label: str
    key: int
    head: int
    facets: Facets
    shadow: str

    @classmethod
    def of(cls, node: Node, key: int, head: int, fold: Callable[[str], str]) -> Self:
        """Return what is to be written of a node whose last change is `head`."""
        facets = facets_of(node)
        return cls(node.node_id, LABELS[node.label], key, head, facets, shadow_form(fold(text_of(facets))))

    @classmethod
    def unfolded(cls, node: Node, key: int, facets: Facets) -> Self:
        """Return the same of a node that is new, with its text as it is."""
        return cls(node.node_id, LABELS[node.label], key, key, facets, text_of(facets))


def text_of(facets: Facets) -> str:
    """Return what is searched of a node, as it is, one text a line."""
    return "\n".join(facets.texts)


def node_row(write: NodeWrite, publication: Publication) -> NodeRow:
    """Return the row of a node; a claim's is that of one which nothing has judged yet.

    Args:
        write: the node.
        publication: of the document that a claim stands in; not looked at for other nodes.
    """
    node_id, label, key, head, facets, shadow = write
    (
        _, kind, document_id, claim_id, publisher, target_id, indicator_id, outcome, published, said_on, due, worth,
        position, _, _,
    ) = facets  # fmt: skip
    window_end = ""
    if label == CLAIM:
        (publisher, published), claim_id, window_end = publication, None, due or ""
    return (
        key, node_id, head, label, published or "", document_id or "", position, kind or "", publisher or "",
        target_id or "", claim_id or "", indicator_id or "", outcome or "", said_on or "", window_end, due or "",
        NO_WORTH if worth is None else worth, shadow,
    )  # fmt: skip


def claim_row(key: int, node_id: str, facets: Facets, publication: Publication) -> NodeRow:
    """Return what `INSERT_CLAIM` takes of a claim that is new, with its text as it is.

    Args:
        key: its key in the table.
        node_id: its id.
        facets: what it is filtered by.
        publication: of the document that it stands in.
    """
    _, kind, document_id, _, _, target_id, _, _, _, said_on, due, worth, position, _, _ = facets
    publisher, published = publication
    return (
        key, node_id, published or "", document_id or "", position, kind or "", publisher or "", target_id or "",
        said_on or "", due or "", NO_WORTH if worth is None else worth, text_of(facets),
    )  # fmt: skip
