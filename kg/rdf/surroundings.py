"""What the triples of one element must know of others: the text around a claim, the claim under a verdict."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from kg.rdf.provenance import Provenance
from schemas.graph import Edge, Node, NodeLabel


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where an element stands.

    Attributes:
        node: returns a node by its id, None where there is none.
        provenance: returns who made a node, when and why, by its id; None where nobody knows.
    """

    node: Callable[[str], Node | None]
    provenance: Callable[[str], Provenance | None]

    @classmethod
    def among(cls, nodes: Iterable[Node], provenances: Mapping[str, Provenance]) -> Self:
        """Return the surroundings that these nodes are to each other."""
        return cls(node={node.node_id: node for node in nodes}.get, provenance=provenances.get)

    def text_of(self, document_id: str) -> str:
        """Return the text of a document; empty where it is not there."""
        document = self.node(document_id)
        return str(document.data.get("text", "")) if document is not None else ""

    def home_of(self, element: Node | Edge) -> str | None:
        """Return the document whose graph an element belongs to; None for what is not read from one document.

        A document's graph holds itself, its claims and what their edges say. Actors, targets and figures are shared,
        and what became of a claim is ours to say, not the document's.
        """
        node = element if isinstance(element, Node) else self.node(element.source_id)
        if node is None:
            return None
        if node.label is NodeLabel.CLAIM:
            return str(node.data.get("document_id", "")) or None
        return node.node_id if node.label is NodeLabel.DOCUMENT else None
