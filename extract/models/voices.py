"""Choose the speaker of each proposition among the candidates around it, one after the other through a document.

The rules find frames; what lies just outside them, or inside though the narrator has taken over again, is decided
here by a learned choice over signs of the place and of each candidate.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from zlib import crc32

import numpy as np

from extract.models.chooser import Ballot, Hashes
from extract.models.stage import Place, Speakers, Stage, candidates_at, place_of
from extract.models.standing import History, candidate_signs
from extract.models.surroundings import document_signs, place_signs
from schemas.text import Span


def walk(stage: Stage, spans: Iterable[Span], choose: Callable[[int, Ballot], Speakers]) -> Iterator[Speakers]:
    """Yield the speakers of each proposition in text order, before the next one is asked for.

    Args:
        stage: the document.
        spans: its propositions, in text order.
        choose: is given the number of the proposition and who may be speaking there.
    """
    history, document = History(), document_signs(stage)
    for number, span in enumerate(spans):
        place = place_of(stage, span)
        chosen = choose(number, ballot_at(stage, place, history, document))
        history.follow(place, chosen)
        yield chosen


def ballot_at(stage: Stage, place: Place, history: History, document: Sequence[str]) -> Ballot:
    """Return who may be speaking at a place, with the hashed signs of the place and of each.

    Args:
        stage: the document.
        place: where.
        history: who spoke before.
        document: its own signs, see `document_signs`.
    """
    proposed = candidates_at(stage, place)
    signs = [candidate_signs(stage, place, one, history) for one in proposed.items()]
    flat = _hashed("candidate", chain.from_iterable(signs))
    ends = list(accumulate(map(len, signs)))
    return Ballot(
        shared=_hashed("place", [*place_signs(stage, place, history), *document]),
        speakers=tuple(proposed),
        own=tuple(flat[end - len(own) : end] for own, end in zip(signs, ends, strict=True)),
    )


def _hashed(of: str, signs: Iterable[str]) -> Hashes:
    begun = crc32(of.encode())
    return np.array([crc32(sign.encode(), begun) for sign in signs], dtype=np.uint32)
