"""How one claim stands to others, in rows for a terminal, and what became of the relations of a store."""

from collections.abc import Iterable
from typing import Final

from api.relation_views import RelationView, Renewed
from schemas.graph import EdgeType

NAMES: Final = {
    EdgeType.RESTATES: ("restates", "restated by"),
    EdgeType.CONTRADICTS: ("contradicts", "contradicts"),
    EdgeType.SUPERSEDES: ("replaces", "replaced by"),
}
"""How a relation is called from its source and from its target."""


def relation_rows(relations: Iterable[RelationView]) -> list[tuple[str, str]]:
    """Return a row for each relation of a claim: what it is, and to which claim, and why."""
    return [(NAMES[relation.relation][not relation.is_source], _relation_text(relation)) for relation in relations]


def _relation_text(relation: RelationView) -> str:
    words = " ".join(relation.text.split())
    return f"{'、'.join(relation.speakers)}：{words}  {relation.claim_id}\n{relation.explanation}"


def renewed_line(renewed: Renewed) -> str:
    """Return what became of the relations of a store, in a line.

    Example:
        >>> renewed_line(Renewed(added=2, changed=0, removed=1))
        '2 relations added, 0 changed, 1 taken back'
    """
    return f"{renewed.added} relations added, {renewed.changed} changed, {renewed.removed} taken back"
