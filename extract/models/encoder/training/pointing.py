"""Who asserts the claims of a window, as the network learns it: which mentions each claim should point at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.attribution import Frame, frame_at
from extract.models.encoder.evidence import pieces_in, placed
from extract.models.encoder.mentions import Mention, mentions_of
from extract.models.encoder.sorts import NAMED, TELLING, voice_of
from extract.models.encoder.tokens import Tokens
from extract.models.examples import Article, Judge
from extract.models.stage import NARRATOR, Speakers
from schemas.text import Span

Integers = npt.NDArray[np.int64]
ABSENT: Final = NAMED + 1
"""The sorts of speakers that no mention stands for; columns of mentions come behind them."""
FRAMED: Final = 4
"""What the frame of a claim says of a mention: no frame, somebody else's, theirs, theirs and these words lead in it."""
UNFRAMED: Final = 3
"""What it says without a mention: no frame, somebody's, the narrator's."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """The claims of a window and what they may point at.

    Attributes:
        claims: first piece of each claim and the one after its last, shape (claims, 2).
        mentions: likewise, shape (mentions, 2).
        unframed: what the frame of each claim says without a mention, shape (claims,).
        framed: what it says of each mention, shape (claims, mentions).
        right: whether each sort of absent speakers and each mention is right, shape (claims, ABSENT + mentions).
    """

    claims: Integers
    mentions: Integers
    unframed: Integers
    framed: Integers
    right: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Part:
    """A claim of the gold: its pieces, the sort of its speakers, whose frame holds it, which mentions are right."""

    first: int
    last: int
    sort: int
    frame: Speakers | None
    right: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cast:
    """All claims of an article, and all its mentions with their pieces."""

    parts: tuple[_Part, ...]
    mentions: tuple[Mention, ...]
    places: Integers

    def within(self, first: int, last: int) -> Pointing:
        """Return who speaks in the window of pieces [first, last); a claim belongs where it begins."""
        parts = [part for part in self.parts if first <= part.first < last]
        near = np.flatnonzero((self.places[:, 0] >= first) & (self.places[:, 0] < last))
        mentions = [self.mentions[i] for i in near]
        return Pointing(
            np.array([(part.first, min(part.last, last)) for part in parts], dtype=np.int64).reshape(-1, 2) - first,
            np.minimum(self.places[near], last) - first,
            np.array([_unframed(part.frame) for part in parts], dtype=np.int64),
            np.array([[_framed(part.frame, m) for m in mentions] for part in parts], dtype=np.int64).reshape(
                len(parts), len(near)
            ),
            np.array([_right(part, near) for part in parts], dtype=bool).reshape(len(parts), ABSENT + len(near)),
        )


def cast_of(article: Article, tokens: Tokens, is_same: Judge) -> Cast:
    """Return who speaks in an annotated article; `is_same` judges whether the gold's speakers and ours are the same."""
    found = placed(tokens, mentions_of(article.reading, article.layers, article.frames))
    mentions = tuple(mention for mention, _, _ in found)
    places = np.array([place for _, *place in found], dtype=np.int64).reshape(-1, 2)
    return Cast(tuple(_parts(article, tokens, mentions, is_same)), mentions, places)


def _parts(article: Article, tokens: Tokens, mentions: Sequence[Mention], is_same: Judge) -> Iterator[_Part]:
    who = tuple(dict.fromkeys(mention.speakers for mention in mentions))
    number = {speakers: i for i, speakers in enumerate(who)}
    columns = np.array([number[mention.speakers] for mention in mentions], dtype=np.int64)
    for claim in article.gold["claims"]:
        span = Span(start=claim["start"], end=claim["end"])
        first, last = pieces_in(tokens, span)
        if first < last:
            right = np.array([is_same(claim["speakers"], speakers) for speakers in who], dtype=bool)
            sort = voice_of(claim["speakers"])
            yield _Part(first, last, sort, _frame_of(article.frames, span), right[columns] & (sort != TELLING))


def _frame_of(frames: Sequence[Frame], span: Span) -> Speakers | None:
    frame = frame_at(frames, span)
    return None if frame is None or frame.is_narration else frame.speakers


def _unframed(frame: Speakers | None) -> int:
    if frame is None:
        return 0
    return 2 if frame == NARRATOR else 1


def _framed(frame: Speakers | None, mention: Mention) -> int:
    if frame is None:
        return 0
    return 1 if frame != mention.speakers else 2 + mention.leads


def _right(part: _Part, near: Integers) -> npt.NDArray[np.bool_]:
    """Return which columns are right: mentions where one in reach is, else the sort of the speakers."""
    mentioned = part.right[near]
    absent = np.zeros(ABSENT, dtype=bool)
    absent[part.sort] = not mentioned.any()
    return np.concatenate((absent, mentioned))
