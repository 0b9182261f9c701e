"""The row of a node: what queries filter and order it by, in the columns of its table."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, Self, TypeAlias

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
_VALUES: Final = ", ".join("nullif(?, '')" if name in NULLABLE else "?" for name in NODE_COLUMNS)
INSERT_NODE: Final = f"INSERT INTO node ({', '.join(NODE_COLUMNS)}) VALUES ({_VALUES})"  # noqa: S608
SELECTED_COLUMNS: Final = ", ".join(f"ifnull({name}, '')" if name in NULLABLE else name for name in NODE_COLUMNS)
"""What a table has, in the form of a row."""
PUBLISHED: Final = NODE_COLUMNS.index("published")
NO_WORTH: Final = -1.0
"""Stands for a check-worthiness that nobody worked out: below every one that is there."""

NodeRow: TypeAlias = tuple[str | int | float, ...]
Publication: TypeAlias = tuple[str | None, str | None]
"""Publisher and date of a document, which its claims take over."""
UNKNOWN: Final[Publication] = (None, None)
_NAMES: Final = {label: label.value for label in NodeLabel}
"""Looked up a claim at a time, which `value` makes dear."""
_CLAIM: Final = NodeLabel.CLAIM.value


Filed: TypeAlias = tuple[str, str, int, Publication, tuple[Any, ...], str]
"""What is filed of a node: its id, label, key and publication, its facets without the texts, and its text. It is made
of plain values, which go from one process to another in little time; what is folded of the text is said beside."""


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
        return cls(node.node_id, _NAMES[node.label], key, head, facets, shadow_form(fold(text_of(facets))))


def text_of(facets: Facets) -> str:
    """Return what is searched of a node, as it is, one text a line."""
    return "\n".join(facets.texts)


def filed_of(node: Node, key: int, facets: Facets, publication: Publication) -> Filed:
    """Return what is filed of a node, with its text as it is.

    Args:
        node: the node.
        key: its key in the table.
        facets: what the node is filtered by.
        publication: of the document that a claim stands in; of another node not looked at.
    """
    return node.node_id, _NAMES[node.label], key, publication, facets[1:], text_of(facets)


def node_row(write: NodeWrite, publication: Publication) -> NodeRow:
    """Return the row of a node; a claim's is that of one which nothing has judged yet.

    Args:
        write: the node.
        publication: of the document that a claim stands in; not looked at for other nodes.
    """
    node_id, label, key, head, facets, shadow = write
    return filed_row((node_id, label, key, publication, facets[1:], shadow), head)


def filed_row(filed: Filed, head: int) -> NodeRow:
    """Return the same of what is filed of a node whose last change is `head`."""
    node_id, label, key, publication, facets, shadow = filed
    (
        kind, document_id, claim_id, publisher, target_id, indicator_id, outcome, published, said_on, due, worth,
        position, _, _,
    ) = facets  # fmt: skip
    window_end = ""
    if label == _CLAIM:
        (publisher, published), claim_id, window_end = publication, None, due or ""
    return (
        key, node_id, head, label, published or "", document_id or "", position, kind or "", publisher or "",
        target_id or "", claim_id or "", indicator_id or "", outcome or "", said_on or "", window_end, due or "",
        NO_WORTH if worth is None else worth, shadow,
    )  # fmt: skip
