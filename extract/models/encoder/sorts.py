"""The sorts of speakers that the network tells apart."""

from collections.abc import Sequence
from typing import Final

from schemas.actor import ANALYSTS, AUTHOR, MARKET

TELLING, CROWD, NAMED = 0, 1, 2
"""Columns of `Chances.voice`: the narrator, an unnamed crowd, anybody else."""
_CROWDS: Final = frozenset({ANALYSTS, MARKET})


def voice_of(speakers: Sequence[str]) -> int:
    """Return the sort of those who speak together, one of `TELLING`, `CROWD`, `NAMED`.

    Example:
        >>> [voice_of(who) for who in (["author"], ["market"], ["federal-reserve", "jerome-powell"])]
        [0, 1, 2]
    """
    if AUTHOR in speakers:
        return TELLING
    return CROWD if _CROWDS.issuperset(speakers) else NAMED
