"""The row of a node: what queries filter and order it by, in the columns of its table."""

from collections.abc import Callable
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


class NodeWrite(NamedTuple):
    """A node to be written, with its facets and its text in the form that is compared."""

    node: Node
    key: int
    head: int
    facets: Facets
    shadow: str

    @classmethod
    def of(cls, node: Node, key: int, head: int, fold: Callable[[str], str]) -> Self:
        """Return what is to be written of a node whose last change is `head`."""
        write = cls.unfolded(node, key, head)
        return write._replace(shadow=shadow_form(fold(write.shadow)))

    @classmethod
    def unfolded(cls, node: Node, key: int, head: int) -> Self:
        """Return the same with its texts as they are, one a line; they are to be folded yet."""
        facets = facets_of(node)
        return cls(node, key, head, facets, "\n".join(facets.texts))


def node_row(write: NodeWrite, publication: Publication) -> NodeRow:
    """Return the row of a node; a claim's is that of one which nothing has judged yet.

    Args:
        write: the node.
        publication: of the document that a claim stands in; not looked at for other nodes.
    """
    node, key, head, facets, shadow = write
    is_claim = node.label is NodeLabel.CLAIM
    publisher, published = publication if is_claim else (facets.publisher, facets.published)
    worth = NO_WORTH if facets.check_worthiness is None else facets.check_worthiness
    return (
        key, node.node_id, head, _NAMES[node.label], published or "", facets.document_id or "", facets.position,
        facets.kind or "", publisher or "", facets.target_id or "", "" if is_claim else facets.claim_id or "",
        facets.indicator_id or "", facets.outcome or "", facets.said_on or "", facets.due or "" if is_claim else "",
        facets.due or "", worth, shadow,
    )  # fmt: skip
