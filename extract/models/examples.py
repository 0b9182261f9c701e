"""Annotated articles as examples: each gold claim becomes the run of atoms that it covers."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from extract.actors import tag_actors
from extract.attribution import Frame, find_frames
from extract.layers import Layers
from extract.models.annotation import Annotation
from extract.models.atoms import Atom, atoms_of, cuts_of
from extract.models.chooser import Ballot, Chooser
from extract.models.choosing import ChoiceExample
from extract.models.features import LONGEST_RUN, sentence_view, view_of
from extract.models.learning import Example
from extract.models.semicrf import LABELS, NONE, Lattice, lattice_of
from extract.models.stage import NARRATOR, Speakers, stage_of
from extract.models.voices import walk
from extract.periods import tag_periods
from extract.quantities import tag_quantities
from extract.reader import reading_of
from extract.reading import Reading
from extract.regions import locale_of
from extract.tagging.protocol import Tagger
from schemas.text import Document, Publication, Span, document_id_of


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated article as our own taggers read it: models learn from the layers that they will meet.

    `times` is how often they learn from it.
    """

    name: str
    reading: Reading
    layers: Layers
    frames: tuple[Frame, ...]
    gold: dict[str, Any]
    times: int = 1


def read_article(annotation: Annotation, tagger: Tagger) -> Article:
    """Return an annotated article with what our taggers find in it."""
    text, doc = annotation.text, annotation.gold["doc"]
    publication = Publication(published=date.fromisoformat(doc["published"]), author=doc["author"])
    document = Document(
        document_id=document_id_of(text, publication), text=text, publication=publication, locale=locale_of(text)
    )
    reading = reading_of(document, tagger, None)
    periods, _ = tag_periods(reading)
    quantities, _ = tag_quantities(reading, periods)
    layers = Layers(quantities, periods, tag_actors(reading))
    frames = find_frames(reading, layers.actors)
    return Article(annotation.name, reading, layers, frames, annotation.gold, annotation.times)


def examples_of(article: Article) -> Iterator[Example]:
    """Yield one example for each sentence that holds a word."""
    view, cuts = view_of(article.reading, article.layers, article.frames), cuts_of(article.frames)
    for index in range(len(article.reading.sentences)):
        atoms = atoms_of(article.reading, article.layers, cuts, index)
        if atoms:
            lattice = lattice_of(sentence_view(view, index, atoms))
            yield Example(lattice, _parting(lattice, atoms, article.gold["claims"]))


def _parting(lattice: Lattice, atoms: Sequence[Atom], claims: Sequence[dict[str, Any]]) -> tuple[tuple[int, int], ...]:
    runs = {(int(i), int(j)): run for run, (i, j) in enumerate(zip(lattice.firsts, lattice.lasts, strict=True))}
    owners = [_owner(atom, claims) for atom in atoms]
    parting: list[tuple[int, int]] = []
    first = 0
    while first < len(atoms):
        owner = owners[first]
        last = first if owner is None else _last_of(owners, first)
        label = NONE if owner is None else LABELS.index(claims[owner]["kind"])
        parting.append((runs[first, last], label))
        first = last + 1
    return tuple(parting)


def _last_of(owners: Sequence[int | None], first: int) -> int:
    """Return the last atom of the run that begins at the first one and has one owner."""
    last = first
    while last + 1 < len(owners) and owners[last + 1] == owners[first] and last - first + 1 < LONGEST_RUN:
        last += 1
    return last


def _owner(atom: Atom, claims: Sequence[dict[str, Any]]) -> int | None:
    """Return the claim that covers most of an atom, None where none covers half of it."""
    shared = [min(atom.end, claim["end"]) - max(atom.start, claim["start"]) for claim in claims]
    best = max(range(len(claims)), key=shared.__getitem__, default=None)
    return best if best is not None and 2 * shared[best] >= atom.end - atom.start else None


Judge = Callable[[list[str], Sequence[str]], bool]
"""Whether speakers of the gold and of ours are the same actors."""


def choices_of(article: Article, is_same: Judge, rough: Chooser | None = None) -> list[ChoiceExample]:
    """Return one example for each gold claim whose speaker is among the candidates.

    Args:
        article: the article.
        is_same: whether the gold's speakers and ours are the same actors.
        rough: decides who spoke at the claims before, right or wrong, as it will be in a text nobody
            annotated; the gold does where none are given.
    """
    claims = sorted(article.gold["claims"], key=lambda claim: claim["start"])
    stage = stage_of(view_of(article.reading, article.layers, article.frames))
    found: list[ChoiceExample] = []

    def choose(number: int, ballot: Ballot) -> Speakers:
        right = [i for i, who in enumerate(ballot.speakers) if is_same(claims[number]["speakers"], who)]
        if right:
            found.append(ChoiceExample(ballot, tuple(right)))
        if rough is not None:
            return rough.likeliest(ballot)
        return ballot.speakers[right[0]] if right else NARRATOR

    spans = [Span(start=claim["start"], end=claim["end"]) for claim in claims]
    deque(walk(stage, spans, choose), maxlen=0)
    return found
