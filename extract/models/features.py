"""What a run of atoms looks like to the model: hashed features, so that the model holds no readable text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final
from zlib import crc32

from extract.attribution import Frame, frame_at
from extract.clause_words import clause_words
from extract.kinds import modality
from extract.layers import Layers
from extract.models.atoms import Atom
from extract.models.tenses import tense_of
from extract.placing import touching, words_in
from extract.reading import Quotation, Reading
from schemas.actor import ANALYSTS, AUTHOR, MARKET
from schemas.text import Sentence, Span

BITS: Final = 18
"""Features are hashed to 2**18 places; collisions cost less than a megabyte more would."""
LONGEST_RUN: Final = 6
"""Atoms in a proposition at most; one in a thousand is longer."""
_DIGIT = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_BLANK = re.compile(r"\s+")
_PREDICATES = frozenset({"v", "vd", "vn", "a", "ad", "an"})
_GROUPS = {AUTHOR: "author", MARKET: "market", ANALYSTS: "analysts"}


def hashed(feature: str) -> int:
    """Return the place of a feature: the same on any machine.

    Example:
        >>> hashed("w=降息") == hashed("w=降息") < 2**BITS
        True
    """
    return crc32(feature.encode()) & (2**BITS - 1)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What all sentences of a document share."""

    reading: Reading
    layers: Layers
    frames: tuple[Frame, ...]
    actor_types: dict[str, str]
    traits: tuple[str, ...]


def view_of(reading: Reading, layers: Layers, frames: tuple[Frame, ...]) -> DocumentView:
    """Return a document with the traits that its kinds depend on: how loud, how full of figures and of speakers."""
    shadow = reading.shadow
    length = max(1, len(shadow))
    spoken = sum(f.content.end - f.content.start for f in frames if f.speakers != (AUTHOR,))
    shares = {
        "loud": (shadow.count("!") + shadow.count("?")) * 400 / length,
        "figures": len(layers.quantities) * 40 / length,
        "spoken": 4 * min(1.0, spoken / length),
    }
    traits = tuple(f"{name}{min(4, int(share))}" for name, share in shares.items())
    types = {tag.actor_id: tag.actor_type.value for tag in layers.actors.tags}
    return DocumentView(reading, layers, frames, types, (*traits, reading.document.locale.value))


@dataclass(frozen=True, slots=True)
class AtomView:
    """An atom with the features of its own words and what joins and parts look at."""

    atom: Atom
    content: tuple[int, ...]
    first: str
    second: str
    last: str
    first_pos: str
    has_predicate: bool
    has_quantity: bool
    is_conditional: bool
    size: int
    signs: tuple[str, ...]


def atom_view(view: DocumentView, atom: Atom) -> AtomView:
    """Return what the model sees of one atom."""
    reading = view.reading
    words = words_in(reading.words, atom.start, atom.end)
    texts = [_DIGIT.sub("0", reading.shadow[w.start : w.end]) for w in words if w.pos != "w"] or [""]
    text = reading.shadow[atom.start : atom.end]
    return AtomView(
        atom=atom,
        content=tuple(map(hashed, {*_word_features(texts), *_character_features(text)})),
        first=texts[0],
        second=texts[1] if len(texts) > 1 else "",
        last=texts[-1],
        first_pos=words[0].pos if words else "",
        has_predicate=any(word.pos in _PREDICATES for word in words),
        has_quantity=bool(touching(view.layers.quantities, atom.start, atom.end)),
        is_conditional=clause_words().conditions.occurs(text),
        size=_size(atom.end - atom.start),
        signs=signs_in(text),
    )


def _word_features(texts: Sequence[str]) -> Iterator[str]:
    for i, text in enumerate(texts):
        yield f"w={text}"
        if i:
            yield f"ww={texts[i - 1]}|{text}"


def _character_features(text: str) -> Iterator[str]:
    plain = _DIGIT.sub("0", _BLANK.sub("", text))
    for i in range(len(plain)):
        yield f"c2={plain[i : i + 2]}"
        yield f"c3={plain[i : i + 3]}"


def _size(length: int) -> int:
    return next((i for i, limit in enumerate((3, 5, 8, 12, 18, 28)) if length <= limit), 6)


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence as the model sees it: its atoms and what stands around them.

    Attributes:
        view: of the document, with the tags and frames alone that touch the sentence.
        sentence: itself.
        atoms: its atoms.
        place: where in the document it stands.
        before: signs of the sentence before it in the paragraph.
        so_far: for each atom the signs of all that stands before it in the sentence.
        joins: for each atom but the last the features of going on with the next one.
    """

    view: DocumentView
    sentence: Sentence
    atoms: tuple[AtomView, ...]
    place: tuple[str, ...]
    before: tuple[str, ...]
    so_far: tuple[tuple[str, ...], ...]
    joins: tuple[tuple[int, ...], ...]


def sentence_view(view: DocumentView, index: int, atoms: Sequence[Atom]) -> SentenceView:
    """Return the sentence of that index with its atoms and the signs of the sentence before."""
    sentence = view.reading.sentences[index]
    here = _within(view, sentence.span)
    total = max(1, len(view.reading.sentences))
    place = [f"third{3 * index // total}", "heading" if sentence.is_heading else "body"]
    if index < _TOP:
        place.append(f"top{index}")
    before: tuple[str, ...] = ("start",)
    if index and view.reading.sentences[index - 1].paragraph_index == sentence.paragraph_index:
        previous = view.reading.sentences[index - 1].span
        before = signs_in(view.reading.shadow[previous.start : previous.end]) or ("none",)
    start, shadow = sentence.span.start, view.reading.shadow
    so_far = tuple(signs_in(shadow[start : atom.start]) if atom.start > start else () for atom in atoms)
    views = tuple(atom_view(here, atom) for atom in atoms)
    joins = tuple(tuple(map(hashed, _join_features(left, right))) for left, right in pairwise(views))
    return SentenceView(here, sentence, views, tuple(place), before, so_far, joins)


def _within(view: DocumentView, span: Span) -> DocumentView:
    """Return the document with the tags and frames alone that touch a sentence: a run is looked up among few."""
    layers, start, end = view.layers, span.start, span.end
    return replace(
        view,
        layers=replace(
            layers,
            quantities=tuple(touching(layers.quantities, start, end)),
            periods=tuple(touching(layers.periods, start, end)),
        ),
        frames=tuple(f for f in view.frames if f.content.start < end and start < f.content.end),
    )


_TOP = 3  # sentences: title, byline, lead


@lru_cache(maxsize=2**12)
def signs_in(text: str) -> tuple[str, ...]:
    """Return the categories of `modality.yaml` that have a word in the text.

    A clause is asked about by itself, as a run and as what stands before the next one: the answers are remembered.
    """
    return tuple(name for name, phrases in modality().items() if phrases.occurs(text))


def run_features(sentence: SentenceView, first: int, last: int) -> tuple[list[int], list[int]]:
    """Return the features of the run of atoms first..last: those weighed for each kind, and those of the cut alone."""
    atoms = sentence.atoms[first : last + 1]
    content = {place for atom in atoms for place in atom.content}
    cut = [*map(hashed, _cut_features(sentence, first, last)), *chain.from_iterable(sentence.joins[first:last])]
    return [*content, *_kind_features(sentence, first, last), *cut], cut


def _kind_features(sentence: SentenceView, first: int, last: int) -> list[int]:
    """Return the features of a run that are weighed for each kind; whole families of them are hashed once."""
    view, atoms = sentence.view, sentence.atoms
    start, end = atoms[first].atom.start, atoms[last].atom.end
    signs = signs_in(view.reading.shadow[start:end])
    framing = _framing(sentence, frame_at(view.frames, Span(start=start, end=end)))
    times = times_of(view, sentence.sentence.span.start, start, end)
    figures = [tag.quantity.unit for tag in touching(view.layers.quantities, start, end)]
    facts = (*signs, *times, *framing[:3], "figure" if figures else "nofigure")
    shape = _shape(atoms[first : last + 1])
    return [
        *_of_facts(facts),
        *_each("fr", framing),
        *(hashed(f"unit={unit}") for unit in sorted({unit or "" for unit in figures})),
        hashed(f"figures={min(3, len(figures))}"),
        *_of_place(sentence.place, framing[0]),
        *_of_traits(view.traits, facts[:4]),
        *_each("b", sentence.before),
        hashed(f"end={view.reading.shadow[end : end + 2].strip()[:1]}"),
        hashed(f"quoted={is_quoted(view.reading.quotations, start, end)}&{framing[0]}"),
        *_of_past(sentence.so_far[first], shape),
        *_of_ages(tuple(ages_of(view, start, end)), signs, shape),
        *_of_neighbours(atoms, first, last),
    ]


def _of_neighbours(atoms: Sequence[AtomView], first: int, last: int) -> Iterator[int]:
    """Yield the features of the atoms before and behind a run."""
    if first:
        yield hashed(f"pw={atoms[first - 1].last}")
        yield from _each("ps", atoms[first - 1].signs)
    if last + 1 < len(atoms):
        yield hashed(f"nw={atoms[last + 1].first}")
        yield from _each("ns", atoms[last + 1].signs)


Names = tuple[str, ...]
_FAMILIES: Final = 2**13
"""Families of features that are remembered; the runs of a sentence share most of theirs."""


@lru_cache(maxsize=_FAMILIES)
def _each(family: str, names: Names) -> tuple[int, ...]:
    return tuple(hashed(f"{family}={name}") for name in names)


@lru_cache(maxsize=_FAMILIES)
def _of_facts(facts: Names) -> tuple[int, ...]:
    pairs = (f"s2={a}&{b}" for i, a in enumerate(facts) for b in facts[i + 1 :])
    return (hashed("bias"), *_each("s", facts), *map(hashed, pairs))


@lru_cache(maxsize=_FAMILIES)
def _of_place(places: Names, speaker: str) -> tuple[int, ...]:
    return (*_each("pl", places), *(hashed(f"pl2={place}&{speaker}") for place in places))


@lru_cache(maxsize=_FAMILIES)
def _of_traits(traits: Names, facts: Names) -> tuple[int, ...]:
    return (*_each("d", traits), *(hashed(f"d2={trait}&{fact}") for trait in traits for fact in facts))


@lru_cache(maxsize=_FAMILIES)
def _of_past(signs: Names, shape: str) -> tuple[int, ...]:
    return tuple(hashed(feature) for sign in signs for feature in (f"sb={sign}", f"sb2={sign}&{shape}"))


@lru_cache(maxsize=_FAMILIES)
def _of_ages(ages: Names, signs: Names, shape: str) -> tuple[int, ...]:
    return tuple(map(hashed, _age_features(ages, signs, shape)))


def _shape(atoms: Sequence[AtomView]) -> str:
    """Return whether a run has a predicate and a figure: a bare item of a list goes on with what was said before it."""
    return f"{any(atom.has_predicate for atom in atoms):d}{any(atom.has_quantity for atom in atoms):d}"


def _age_features(ages: Sequence[str], signs: Sequence[str], shape: str) -> Iterator[str]:
    for age in ages:
        yield f"t={age}"
        yield from (f"t2={age}&{sign}" for sign in signs or ("none",))
        yield f"t3={age}&{shape}"


def _framing(sentence: SentenceView, frame: Frame | None) -> tuple[str, ...]:
    """Return who speaks, by what sort of cue and in what way; the first three are the coarsest."""
    if frame is None or frame.is_narration:
        return ("narrator", "nocue", "narration")
    speaker = frame.speakers[0]
    kind = _GROUPS.get(speaker) or sentence.view.actor_types.get(speaker, "actor")
    here = "here" if frame.lead and frame.lead.start >= sentence.sentence.span.start else "before"
    return (kind, f"cue:{frame.category}", frame.speech.value, f"{here}:{frame.category}", f"cueword:{frame.cue}")


def times_of(view: DocumentView, sentence_start: int, start: int, end: int) -> list[str]:
    """Return whether the periods of a run, else those before it in the sentence, lie before or after publication."""
    day = view.reading.document.published
    own = {tense_of(tag.period.start, tag.period.end, day).value for tag in touching(view.layers.periods, start, end)}
    if own:
        return sorted(own)
    before = touching(view.layers.periods, sentence_start, start)
    if not before:
        return ["timeless"]
    return [f"carried-{tense_of(before[-1].period.start, before[-1].period.end, day).value}"]


def ages_of(view: DocumentView, start: int, end: int) -> list[str]:
    """Return how far the periods of a run lie from publication, coarsely; of one that holds it, how much is over.

    A forecast for this year is another thing in December than in January.
    """
    day = view.reading.document.published
    tags = touching(view.layers.periods, start, end)
    return sorted({"undated" if day is None else _age(tag.period.start, tag.period.end, day) for tag in tags})


def _age(start: date | None, end: date | None, day: date) -> str:
    if end is not None and end <= day:
        is_recent = start is not None and (end - start).days <= _WEEK and (day - end).days <= _WEEK
        if is_recent:
            return "today" if start == day else "past7"
        return "pastq" if (day - end).days <= _SEASON else "past"
    if start is not None and start >= day:
        return "fut14" if (start - day).days <= 2 * _WEEK else "futy" if (start - day).days <= _YEAR else "fut"
    if start is None or end is None:
        return "since" if end is None else "until"
    third = min(2, 3 * (day - start).days // max(1, (end - start).days))
    return f"in{third}{'y' if (end - start).days > _SEASON else 's'}"


_WEEK, _SEASON, _YEAR = 7, 100, 370  # days, somewhat longer than a quarter and a year of the calendar


def is_quoted(quotations: Sequence[Quotation], start: int, end: int) -> bool:
    """Return whether a stretch lies in a quotation whole."""
    return any(q.content.start <= start and end <= q.span.end for q in touching(quotations, start, end))


def _cut_features(sentence: SentenceView, first: int, last: int) -> Iterator[str]:
    """Return what speaks for beginning, joining and ending a proposition at these atoms."""
    atoms = sentence.atoms
    begin, end = atoms[first], atoms[last]
    after = atoms[last + 1] if last + 1 < len(atoms) else None
    yield f"x:n={last - first + 1}"
    yield f"x:size={_size(end.atom.end - begin.atom.start)}&{last - first + 1}"
    yield f"x:lead={begin.atom.is_lead}&{last > first}"
    yield f"x:byline={begin.atom.is_byline}"
    has_verb = any(atom.has_predicate for atom in atoms[first : last + 1])
    has_figure = any(atom.has_quantity for atom in atoms[first : last + 1])
    yield f"x:verb={has_verb}&{has_figure}&{begin.size}"
    yield f"x:mark={begin.atom.mark}&{sentence.sentence.is_heading}"
    yield f"x:first={begin.first}"
    yield f"x:first2={begin.first}|{begin.second}"
    yield f"x:last={end.last}"
    yield f"x:pos={begin.first_pos}"
    yield f"x:after={after.atom.mark if after else ''}&{after.first if after else ''}"
    yield f"x:afterlead={after.atom.is_lead if after else ''}"


def _join_features(left: AtomView, right: AtomView) -> Iterator[str]:
    shape = f"{left.has_predicate:d}{right.has_predicate:d}{left.has_quantity:d}{right.has_quantity:d}"
    yield f"j:mark={right.atom.mark}"
    yield f"j:lead={left.atom.is_lead}&{right.atom.is_lead}"
    yield f"j:shape={shape}"
    yield f"j:size={left.size}&{right.size}"
    yield f"j:condition={left.is_conditional}"
    yield f"j:right={right.first}"
    yield f"j:right1={right.first[:1]}"
    yield f"j:right2={right.first}|{right.second}"
    yield f"j:left={left.first}"
    yield f"j:left1={left.first[:1]}"
    yield f"j:leftlast={left.last}"
    yield f"j:pos={right.first_pos}&{shape}"
    yield f"j:mark&right={right.atom.mark}&{right.first[:1]}"
