"""A reading as the network sees it: pieces with the signs that our own taggers put on them, in windows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.encoder.pieces import Pieces
from extract.models.tenses import Tense, tense_of
from extract.reading import Reading
from schemas.actor import ANALYSTS, AUTHOR, MARKET

Integers = npt.NDArray[np.int64]

SIGNS: Final[Mapping[str, int]] = {
    "period": 5,
    "quantity": 5,
    "cue": 7,
    "speaker": 10,
    "lead": 2,
    "top": 3,
    "heading": 2,
    "actor": 6,
    "third": 4,
}
"""How many values each sign has; 0 is none."""
WINDOW: Final = 200
"""Pieces in a window that we aim for: with longer ones attention costs more, and who speaks is told worse held out."""
_LONGEST = 505  # the base model reads 512 with its two marks
_CATEGORIES = ("", "say", "think", "forecast", "record", "rate")
_ACTORS = ("person", "organisation", "government", "media", "place")
_SPEAKERS = (AUTHOR, MARKET, ANALYSTS, *_ACTORS)
_UNITS = {"%": 1, "pp": 1, "bp": 1, "x": 1, "count": 2, "points": 2, "years": 3, "months": 3, "days": 3}
_MONEY = 4  # and other measures
_TENSES = {Tense.PAST: 1, Tense.OPEN: 2, Tense.FUTURE: 3, Tense.UNDATED: 4}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of a document: parallel arrays.

    Attributes:
        rows: rows of the embedding table.
        starts: the first character that is no blank.
        ends: the character after the last one.
        sentences: index of the sentence each stands in.
        signs: shape (pieces, signs).
    """

    rows: Integers
    starts: Integers
    ends: Integers
    sentences: Integers
    signs: Integers

    def between(self, first: int, last: int) -> "Tokens":
        """Return the pieces [first, last)."""
        return Tokens(*(getattr(self, field.name)[first:last] for field in fields(Tokens)))


def tokens_of(reading: Reading, layers: Layers, frames: Sequence[Frame], pieces: Pieces) -> Tokens:
    """Return the pieces of all sentences with what our taggers say of them."""
    shadow = reading.shadow
    rows, starts, ends, sentences = [], [], [], []
    for index, sentence in enumerate(reading.sentences):
        base = sentence.span.start
        for piece in pieces.cut(shadow[base : sentence.span.end]):
            start, end = base + piece.start, base + piece.end
            while start < end - 1 and shadow[start].isspace():
                start += 1
            rows.append(piece.row)
            starts.append(start)
            ends.append(end)
            sentences.append(index)
    first = np.array(starts, dtype=np.int64)
    return Tokens(
        np.array(rows, dtype=np.int64),
        first,
        np.array(ends, dtype=np.int64),
        np.array(sentences, dtype=np.int64),
        _signs(reading, layers, frames)[:, first].T.astype(np.int64),
    )


def _signs(reading: Reading, layers: Layers, frames: Sequence[Frame]) -> npt.NDArray[np.int8]:
    """Return the signs of each character, shape (signs, characters)."""
    table = np.zeros((len(SIGNS), len(reading.shadow)), dtype=np.int8)
    sign = dict(zip(SIGNS, table, strict=True))
    for period in layers.periods:
        tense = tense_of(period.period.start, period.period.end, reading.document.published)
        sign["period"][period.span.start : period.span.end] = _TENSES[tense]
    for quantity in layers.quantities:
        sign["quantity"][quantity.span.start : quantity.span.end] = _UNITS.get(quantity.quantity.unit or "", _MONEY)
    types = {tag.actor_id: tag.actor_type.value for tag in layers.actors.tags}
    for tag in layers.actors.tags:
        sign["actor"][tag.span.start : tag.span.end] = _place(_ACTORS, tag.actor_type.value, len(_ACTORS))
    _put_frames(sign, frames, types)
    total = len(reading.sentences)
    for index, sentence in enumerate(reading.sentences):
        span = slice(sentence.span.start, sentence.span.end)
        sign["top"][span] = min(index, SIGNS["top"] - 1)
        sign["heading"][span] = sentence.is_heading
        sign["third"][span] = 1 + 3 * index // total
    return table


def _put_frames(sign: Mapping[str, npt.NDArray[np.int8]], frames: Sequence[Frame], types: Mapping[str, str]) -> None:
    for frame in frames:
        content = slice(frame.content.start, frame.content.end)
        if frame.is_narration:
            sign["cue"][content] = sign["speaker"][content] = 0
            continue
        sign["cue"][content] = _place(_CATEGORIES, frame.category, 1)
        speaker = frame.speakers[0]
        sign["speaker"][content] = _place(_SPEAKERS, types.get(speaker, speaker), SIGNS["speaker"] - 1)
    for frame in frames:
        if frame.lead:
            sign["lead"][frame.lead.start : frame.lead.end] = 1


def _place(names: Sequence[str], name: str, otherwise: int) -> int:
    return names.index(name) + 1 if name in names else otherwise


def windows_of(sentences: Integers, *, aim: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Yield windows [first, last) of near equal size that end with a sentence wherever one ends in time.

    Args:
        sentences: the sentence of each piece, rising.
        aim: pieces in a window at most, unless sentences end badly.

    Example:
        >>> list(windows_of(np.repeat(np.arange(10), 40)))
        [(0, 200), (200, 400)]
    """
    size = len(sentences)
    ends = [i + 1 for i, (a, b) in enumerate(pairwise(sentences.tolist())) if a != b] + [size]
    first = 0
    for left in range(-(-size // aim), 0, -1):
        goal = first + (size - first) / left
        last = _nearest(ends, first, goal)
        if first < last:
            yield first, last
        first = last
    while first < size:
        last = _nearest(ends, first, first + _LONGEST)
        yield first, last
        first = last


def _nearest(ends: Sequence[int], first: int, goal: float) -> int:
    """Return the end of a sentence nearest to the goal and within reach, else as far as the network reads."""
    within = [end for end in ends if first < end <= first + _LONGEST]
    return min(within, key=lambda end: abs(end - goal)) if within else min(ends[-1], first + _LONGEST)
