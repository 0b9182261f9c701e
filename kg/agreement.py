"""Who agrees with whom: actors who say the same of the same thing, and the camps they fall into."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, TypeAlias

import networkx

from kg.relations.judging import Agreement, Conflict, judge
from kg.relations.reading import Stated
from kg.relations.relating import STANDING, grouped

Pair: TypeAlias = tuple[str, str]
SEED: Final = 1
"""Communities are looked for in a shuffled order: with this seed always in the same one."""


def echoes(claims: Iterable[Stated]) -> Mapping[Pair, int]:
    """Return how often an actor says what another one said before, as (who repeats, who said it first); most first.

    Both must say the same value of the same target for the same time, on different days, while the first still
    counts as held (200 days). That somebody repeats does not prove that he listened.

    Args:
        claims: claims as their values say them.
    """
    found: Counter[Pair] = Counter()
    for group in grouped(claims):
        for first, later in _contemporary(group):
            if first.said_on < later.said_on and isinstance(judge(first, later), Agreement):
                found.update(_pairs(later, first))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def camps(claims: Iterable[Stated]) -> tuple[tuple[str, ...], ...]:
    """Return the communities of agreement: actors who agree more often than they differ; the largest first.

    Two actors are joined by as many questions as they answer alike, less those on which they contradict each other,
    each by their last words on it; the communities are those of Louvain's method. Actors who agree with nobody are
    left out.

    Args:
        claims: claims as their values say them.
    """
    balance: Counter[Pair] = Counter()
    for group in grouped(claims):
        alike: dict[Pair, int] = {}
        for first, later in _contemporary(group):
            judged = judge(first, later)
            value = isinstance(judged, Agreement) - isinstance(judged, Conflict)
            if value:
                alike |= dict.fromkeys((_ordered(pair) for pair in _pairs(first, later)), value)
        balance.update(alike)
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(balance.items()) if weight > 0)
    found = networkx.community.louvain_communities(graph, seed=SEED) if graph else []
    return tuple(sorted((tuple(sorted(camp)) for camp in found), key=lambda camp: (-len(camp), camp)))


def _contemporary(group: Sequence[Stated]) -> Iterable[tuple[Stated, Stated]]:
    """Return the pairs that were held at one time, the earlier claim first."""
    return ((one, other) for one, other in combinations(group, 2) if other.said_on - one.said_on <= STANDING)


def _pairs(one: Stated, other: Stated) -> list[Pair]:
    return [(a, b) for a in sorted(one.voices) for b in sorted(other.voices) if a != b]


def _ordered(pair: Pair) -> Pair:
    first, second = sorted(pair)
    return first, second
