"""What a speaker commits to: the chance that words give a forecast, and the words that keep a way out."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from extract.phrases import Hit
from extract.predictions.context import Context
from extract.predictions.lexicon import target_words
from extract.predictions.wording import ABOUT, NOTHING, PERHAPS, PERHAPS_DOES, SCALE, forecast_words
from schemas.claim import Direction
from schemas.prediction import Hedge, HedgeKind, Likelihood, LikelihoodLevel
from schemas.text import Span

_FIRM = frozenset({LikelihoodLevel.ALMOST_NO_CHANCE, LikelihoodLevel.ALMOST_CERTAIN})


def likelihood_of(context: Context, direction: Direction) -> Likelihood | None:
    """Return the chance that words give a forecast, as a level with its interval; None where none does.

    The word itself may deny (不太可能降息 forecasts that no cut comes): then the chance is turned round, so that it is
    always that of the forecast with its direction.

    Args:
        context: the proposition.
        direction: where its forecast goes.
    """
    hit = next(iter(_chances_in(context)), None)
    if hit is None:
        return None
    level = LikelihoodLevel(hit.category)
    low, high = forecast_words().intervals[level]
    if direction is Direction.NOT_OCCURS and _denies(hit):
        level, low, high = _mirrored(level), Decimal(1) - high, Decimal(1) - low
    return Likelihood(level=level, low=low, high=high, span=Span(start=hit.start, end=hit.end))


def hedges_of(context: Context) -> tuple[Hedge, ...]:
    """Return the words by which the speaker keeps a way out, in text order.

    Those of hearsay and reservation count from the beginning of the sentence on: they stand outside the proposition.
    """
    shadow, (start, end) = context.reading.shadow, context.core
    found = [(hit.start, hit.end, HedgeKind.CHANCE) for hit in _chances_in(context) if hit.category not in _FIRM]
    found += [(match.start(), match.end(), HedgeKind.DEGREE) for match in ABOUT.finditer(shadow, start, end)]
    for hit in forecast_words().hedges.find(shadow, context.sentence.start, end):
        kind = HedgeKind(hit.category)
        if hit.start >= start or kind is not HedgeKind.DEGREE:
            found.append((hit.start, hit.end, kind))
    return tuple(Hedge(kind=kind, span=Span(start=a, end=b)) for a, b, kind in sorted(_apart(found)))


def _chances_in(context: Context) -> list[Hit]:
    found = list(forecast_words().chances.find(context.reading.shadow, *context.core))
    taken = [(hit.start, hit.end) for hit in found]
    found += [hit for hit in _perhaps_in(context) if not any(a <= hit.start < b for a, b in taken)]
    return sorted((hit for hit in found if hit.category != NOTHING), key=lambda hit: hit.start)


def _perhaps_in(context: Context) -> Iterator[Hit]:
    """Yield each 或 that a verb follows and none precedes: it means perhaps there, not or."""
    shadow, (start, end) = context.reading.shadow, context.core
    for match in PERHAPS.finditer(shadow, start, end):
        movement = target_words().movement.pattern.match(shadow, match.end(), end)
        is_verb = movement or PERHAPS_DOES.match(shadow, match.end(), end) or _is_between(context, match)
        if is_verb:
            yield Hit(match.start(), match.end(), match.group(), LikelihoodLevel.POSSIBLE.value)


def _is_between(context: Context, perhaps: re.Match[str]) -> bool:
    """Return whether the tagger sees a verb behind 或 and none before it."""
    words = context.reading.words
    behind = bisect_left(words, perhaps.end(), key=lambda word: word.start)
    before = bisect_left(words, perhaps.start(), key=lambda word: word.end)
    if behind == len(words) or words[behind].start != perhaps.end():
        return False
    follows_verb = before < len(words) and words[before].end == perhaps.start() and words[before].pos in _VERBS
    return words[behind].pos in _VERBS and not follows_verb


_VERBS = frozenset({"v", "vd", "vn"})


def _denies(hit: Hit) -> bool:
    return any(one.category == "denial" for one in target_words().denial.find(hit.phrase))


def _mirrored(level: LikelihoodLevel) -> LikelihoodLevel:
    return SCALE[-1 - SCALE.index(level)] if level in SCALE else level


def _apart(found: list[tuple[int, int, HedgeKind]]) -> list[tuple[int, int, HedgeKind]]:
    """Return the places without those that lie inside or across an earlier one of the list."""
    kept: list[tuple[int, int, HedgeKind]] = []
    for start, end, kind in found:
        if not any(start < b and a < end for a, b, _ in kept):
            kept.append((start, end, kind))
    return kept
