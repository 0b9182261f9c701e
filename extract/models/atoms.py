"""Atoms: the smallest stretches of a sentence that a proposition is made of.

A sentence is cut wherever a proposition may begin or end: between clauses, at the edges of what introduces a speech,
at bylines, and at enumeration commas between figures. A proposition is then a run of atoms.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.attribution import Frame
from extract.attribution.scanning import bylines_in
from extract.layers import Layers
from extract.placing import starting_in, touching
from extract.reading import Reading

_LISTED = re.compile("、")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch [start, end) of a sentence, the mark before it, and whether it only introduces or only credits."""

    start: int
    end: int
    mark: str
    is_lead: bool = False
    is_byline: bool = False


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where leads stand in the document, in text order."""

    leads: tuple[tuple[int, int], ...]


def cuts_of(frames: Sequence[Frame]) -> Cuts:
    """Return where the words stand that introduce speech."""
    return Cuts(tuple(sorted({(f.lead.start, f.lead.end) for f in frames if f.lead})))


def atoms_of(reading: Reading, layers: Layers, cuts: Cuts, index: int) -> tuple[Atom, ...]:
    """Return the atoms of the sentence of that index, in text order; stretches without a word are left out."""
    sentence = reading.sentences[index].span
    bylines = bylines_in(reading.shadow, sentence.start, sentence.end)
    leads = _leads_in(cuts, sentence.start, sentence.end)
    points = {sentence.start, sentence.end}
    for clause in starting_in(reading.clauses, sentence.start, sentence.end):
        points |= {clause.span.start, clause.span.end}
    for start, end in (*leads, *bylines):
        points |= {max(start, sentence.start), min(end, sentence.end)}
    points |= set(_between_figures(reading, layers, sentence.start, sentence.end))
    return tuple(_atoms(reading, sorted(points), leads, bylines))


def _leads_in(cuts: Cuts, start: int, end: int) -> list[tuple[int, int]]:
    """Return the leads that share a character with [start, end); a lead never begins in an earlier sentence."""
    first = bisect_left(cuts.leads, (start, 0))
    return list(cuts.leads[first : bisect_left(cuts.leads, (end, 0), lo=first)])


def _between_figures(reading: Reading, layers: Layers, start: int, end: int) -> Iterator[int]:
    """Yield the enumeration commas that have a figure on both sides (EPS 15元、目標價 120元)."""
    shadow = reading.shadow
    for match in _LISTED.finditer(shadow, start, end):
        left = max(shadow.rfind(mark, start, match.start()) for mark in ",、;:")
        right = min([i for i in (shadow.find(mark, match.end(), end) for mark in ",、;:。") if i > 0] or [end])
        if touching(layers.quantities, left + 1, match.start()) and touching(layers.quantities, match.end(), right):
            yield match.end()


def _atoms(
    reading: Reading,
    points: Sequence[int],
    leads: Sequence[tuple[int, int]],
    bylines: Sequence[tuple[int, int]],
) -> Iterator[Atom]:
    shadow = reading.shadow
    for start, end in pairwise(points):
        if _WORD.search(shadow, start, end):
            mark = shadow[:start].rstrip()[-1:] if start else ""
            yield Atom(start, end, mark, _inside(start, end, leads), _inside(start, end, bylines))


def _inside(start: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in places)
