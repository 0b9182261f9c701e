"""How well names are found: those of which both edges and the type are right, as `conlleval` counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from extract.models.names.treebank import TYPES, NamedSpan

ALL = "all"


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of right, found and annotated names, with the shares made from them, each 0..1."""

    right: int
    found: int
    annotated: int

    @property
    def precision(self) -> float:
        """Share of the found names that are right; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the annotated names that were found; 1 where there is none."""
        return self.right / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found.

        Example:
            >>> Figure(right=3, found=4, annotated=6).f1
            0.6
        """
        total = self.found + self.annotated
        return 2 * self.right / total if total else 1.0


def figures_of(pairs: Iterable[tuple[frozenset[NamedSpan], frozenset[NamedSpan]]]) -> dict[str, Figure]:
    """Return the figures by type and over all types, pooled over sentences.

    Args:
        pairs: for each sentence the annotated names and those found.
    """
    rows = list(pairs)
    kept = {name_type: [(_of(a, name_type), _of(f, name_type)) for a, f in rows] for name_type in TYPES}
    return {name: _pooled(group) for name, group in (*kept.items(), (ALL, rows))}


def _of(names: frozenset[NamedSpan], name_type: str) -> frozenset[NamedSpan]:
    return frozenset(name for name in names if name.name_type == name_type)


def _pooled(rows: Iterable[tuple[frozenset[NamedSpan], frozenset[NamedSpan]]]) -> Figure:
    counts = [(len(annotated & found), len(found), len(annotated)) for annotated, found in rows]
    right, found, annotated = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return Figure(right, found, annotated)
