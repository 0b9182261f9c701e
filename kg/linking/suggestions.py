"""Pairs of actors that might be one, the likeliest first, with what speaks for and against it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import Final

from kg.linking.features import FEATURES, FEWEST_CHARACTERS, Feature, score_of
from kg.linking.identity import Identities
from kg.linking.profiles import Profile
from kg.linking.sounds import consonants_of
from schemas.actor import ActorType, JudgementValue
from schemas.base import Model

MOST_PAIRS: Final = 4000
"""Pairs of actors that share one key; a key that makes more of them says next to nothing."""
LEAST_SCORE: Final = 0.5
"""Suggestions below it are mostly wrong, and an editor's time is dear."""


class Suggestion(Model):
    """Two actors that might be one.

    `first_id` is the one whose name would be shown; `reasons` stand in the order of their weight.
    """

    first_id: str
    second_id: str
    first_name: str
    second_name: str
    score: float
    reasons: tuple[Feature, ...]


def suggest(
    profiles: Mapping[str, Profile], identities: Identities, *, least_score: float = LEAST_SCORE
) -> tuple[Suggestion, ...]:
    """Return the pairs that nobody has judged yet and that score enough, the best first.

    Args:
        profiles: all actors by canonical id.
        identities: what was judged so far; pairs judged same, different, or unsure are left out.
        least_score: how likely a pair must be; 0 < least_score <= 1.

    Returns:
        One suggestion a pair, ordered by score, then by ids, so that the same graph gives the same list.
    """
    found = []
    for one, other in candidates(profiles.values()):
        if identities.judged(one.actor_id, other.actor_id) is JudgementValue.NONE:
            suggestion = compared(one, other)
            if suggestion.score >= least_score:
                found.append(suggestion)
    return tuple(sorted(found, key=lambda s: (-s.score, s.first_id, s.second_id)))


def compared(one: Profile, other: Profile) -> Suggestion:
    """Return how likely it is that two actors are one, and why."""
    first, second = sorted((one, other), key=lambda p: (p.is_provisional, p.actor_id))
    features = tuple(feature for compare in FEATURES if (feature := compare(first, second)) is not None)
    return Suggestion(
        first_id=first.actor_id,
        second_id=second.actor_id,
        first_name=first.caption,
        second_name=second.caption,
        score=score_of(features),
        reasons=tuple(sorted(features, key=lambda feature: -abs(feature.score))),
    )


def candidates(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield each pair that shares a name, a part of one, a sound, or a ticker, once.

    Two actors of the base are a pair only where they share a whole name or a ticker: the base tells them apart.
    """
    blocks: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in keys_of(profile):
            blocks[key].append(profile)
    met: set[tuple[str, str]] = set()
    for key, block in sorted(blocks.items()):
        for one, other in _pairs(block, is_whole=key.startswith(_WHOLE)):
            pair = (one.actor_id, other.actor_id)
            if pair not in met:
                met.add(pair)
                yield one, other


def _pairs(block: list[Profile], *, is_whole: bool) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs of actors that share a key; none where the key says too little."""
    new = [profile for profile in block if is_whole or profile.is_provisional]
    known = [profile for profile in block if not (is_whole or profile.is_provisional)]
    if len(new) * (len(new) + len(known)) > MOST_PAIRS:
        return
    ordered = sorted(new, key=lambda profile: profile.actor_id)
    yield from combinations(ordered, 2)
    for one, other in product(ordered, known):
        yield (one, other) if one.actor_id < other.actor_id else (other, one)


_WHOLE: Final = ("name:", "ticker:")


def keys_of(profile: Profile) -> set[str]:
    """Return what a profile must share with another to be compared with it.

    Example:
        >>> sorted(keys_of(Profile("ray-dalio", ActorType.PERSON, False, {"ray dalio": "Ray Dalio"})))
        ['head:ra', 'name:ray dalio', 'part:dalio', 'part:ray dalio', 'sound:LTL', 'sound:TL']
    """
    keys = {f"ticker:{ticker}" for ticker in profile.tickers}
    for name in profile.names:
        keys |= {f"name:{name}", f"head:{name[:FEWEST_CHARACTERS]}"}
        last = name.replace(" ", "·").rpartition("·")[2]
        if profile.actor_type is ActorType.PERSON and len(last) >= FEWEST_CHARACTERS and last != name:
            keys.add(f"part:{last}")
        keys |= {f"part:{name}"} if profile.actor_type is ActorType.PERSON else set()
        keys |= {key for part in (name, last) for key in _sound_keys(part)}
    return keys


def _sound_keys(name: str) -> Iterator[str]:
    """Yield the first consonants of a name by kind, with and without N, which translators add and drop."""
    consonants = consonants_of(name)
    for sounds in (consonants, consonants.replace("N", "")):
        if len(sounds) >= FEWEST_CHARACTERS:
            yield f"sound:{sounds[: FEWEST_CHARACTERS + 1]}"
