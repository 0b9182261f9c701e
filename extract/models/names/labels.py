"""Labels of characters, the best path through them, and the names on it."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.models.names.taps import Floats
from extract.models.names.treebank import TYPES, NamedSpan
from extract.tagging.lac_model import viterbi

LABELS: Final = ("O", *(f"{part}-{name_type}" for name_type in TYPES for part in "BI"))
"""No name, or the first or a further character of a name of each type."""
_NEVER: Final = -1e4
_EDGE_IN_WORD: Final = 2.0
"""What an edge inside a word of the tagger costs, in logarithms of chances; three edges in a hundred stand there.

Chosen on a part of the treebank's train split held out from learning: 1 to 3 were within a thousandth of each other."""
_BEGINS: Final = np.array([label.startswith("B") for label in LABELS], np.float32)
_GOES_ON: Final = np.array([label.startswith("I") for label in LABELS], np.float32)


def _may_follow(label: str, before: str) -> bool:
    return not label.startswith("I") or (before != "O" and before[2:] == label[2:])


_PASSAGES: Final[Floats] = np.array(
    [[0.0 if _may_follow(label, before) else _NEVER for label in LABELS] for before in LABELS], np.float32
)
_STARTS: Final[Floats] = np.array([0.0 if _may_follow(label, "O") else _NEVER for label in LABELS], np.float32)


def labels_of(names: Iterable[NamedSpan], at: Sequence[int]) -> npt.NDArray[np.int64]:
    """Return the label of each character, which stand at these offsets.

    Example:
        >>> labels_of([NamedSpan(1, 3, "PER")], [0, 1, 2, 3]).tolist()
        [0, 1, 2, 0]
    """
    by_offset = {
        offset: LABELS.index(f"{'B' if offset == name.start else 'I'}-{name.name_type}")
        for name in names
        for offset in range(name.start, name.end)
    }
    return np.array([by_offset.get(offset, 0) for offset in at], np.int64)


def against_edges(scores: Floats, within: npt.NDArray[np.bool_]) -> Floats:
    """Return the scores less what names cost on whose path an edge stands inside a word.

    A name costs once where it begins inside a word and once where it ends there. The end is charged before it is known,
    to whatever name stands before the place, and given back where the name goes on: a path's sum is the same.

    Args:
        scores: shape (characters, labels).
        within: whether the word of the character before goes on.

    Example:
        >>> against_edges(np.zeros((2, 7), np.float32), np.array([False, True])).tolist()[1]
        [0.0, -2.0, 2.0, -2.0, 2.0, -2.0, 2.0]
    """
    here = within[:, None] * np.float32(_EDGE_IN_WORD)
    after = np.concatenate([here[1:], np.zeros_like(here[:1])])
    charged: Floats = scores + here * (_GOES_ON - _BEGINS) - after * (_GOES_ON + _BEGINS)
    return charged


def names_of(scores: Sequence[Floats], places: Sequence[Sequence[int]]) -> tuple[NamedSpan, ...]:
    """Return the names on the best paths through the scores.

    Args:
        scores: for each stretch an array (characters, labels).
        places: the offsets of its characters.

    Example:
        >>> scores = np.eye(7, dtype=np.float32)[[0, 5, 6, 6]]
        >>> names_of([scores], [(3, 4, 5, 7)])
        (NamedSpan(start=4, end=8, name_type='LOC'),)
    """
    paths = viterbi([np.concatenate([rows[:1] + _STARTS, rows[1:]]) for rows in scores], _PASSAGES)
    found: list[NamedSpan] = []
    for path, at in zip(paths, places, strict=True):
        for label, offset in zip(path, at, strict=True):
            part, _, name_type = LABELS[label].partition("-")
            if part == "I":
                found[-1] = NamedSpan(found[-1].start, offset + 1, found[-1].name_type)
            elif part == "B":
                found.append(NamedSpan(offset, offset + 1, next(t for t in TYPES if t == name_type)))
    return tuple(found)
