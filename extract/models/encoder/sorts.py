"""The sorts of speakers that the network tells apart, and what it gives each candidate."""

from collections.abc import Sequence
from typing import Final

from extract.propositions.protocol import Voice
from schemas.actor import ANALYSTS, AUTHOR, MARKET

TELLING, CROWD, NAMED = 0, 1, 2
"""Columns of `Chances.voice`: the narrator, an unnamed crowd, anybody else, where no mention in reach speaks."""
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


def heard_of(voice: Voice, speakers: Sequence[str]) -> float:
    """Return the chance that they assert what a voice was heard in, never below three in a thousand.

    The chances of all their mentions add up; somebody mentioned nowhere near may be who speaks from elsewhere.

    Example:
        >>> voice = Voice(0.2, 0.1, 0.1, {("fed",): 0.6})
        >>> [round(heard_of(voice, who), 2) for who in (["author"], ["market"], ["fed"], ["ecb"])]
        [0.2, 0.1, 0.62, 0.02]
    """
    sort = voice_of(speakers)
    if sort == TELLING:
        return voice.telling + _LEAST
    theirs = sum(chance for who, chance in voice.heard.items() if _is_part(who, speakers))
    return theirs + (voice.crowd if sort == CROWD else _ELSEWHERE * voice.elsewhere) + _LEAST


def _is_part(mentioned: Sequence[str], speakers: Sequence[str]) -> bool:
    return tuple(mentioned) == tuple(speakers) or (len(mentioned) == 1 and mentioned[0] in speakers)


_LEAST = 0.003  # what is never heard may still be right: the choice has reasons of its own
_ELSEWHERE = 0.15  # of the chance that somebody speaks from elsewhere, for each who may be that
