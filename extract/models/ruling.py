"""Rules that are hard: they overrule whatever a model says of a proposition, and say so."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from extract.clause_words import clause_words
from extract.layers import Layers
from extract.placing import touching
from extract.propositions.protocol import Proposition
from extract.reading import Reading
from schemas.claim import ClaimKind

_CHANCE = "(?:几率|机率|概率)"
PREDICTIONS: Final[Mapping[str, re.Pattern[str]]] = {
    "rule.target_price": re.compile("目标价.*[0-9]"),
    "rule.probability": re.compile(f"{_CHANCE}.{{0,6}}[0-9]|[0-9].{{0,8}}{_CHANCE}"),
}
"""What a proposition is a forecast by, over folded text, unless it speaks of a time before publication."""


def asks(reading: Reading, proposition: Proposition) -> bool:
    """Return whether the proposition is a question that asserts nothing: a question word and a question mark behind."""
    end = proposition.span.end
    following = reading.shadow[end : end + 2].lstrip(" 」』”\"'")
    return following.startswith("?") and clause_words().questions.occurs(proposition.span.of(reading.shadow))


def ruled(reading: Reading, layers: Layers, proposition: Proposition) -> Proposition:
    """Return the proposition with the kind that a hard rule gives it, named in `rule`; else as it is."""
    if proposition.kind is ClaimKind.PREDICTION:
        return proposition
    text = proposition.span.of(reading.shadow)
    name = next((name for name, pattern in PREDICTIONS.items() if pattern.search(text)), None)
    if name is None or _is_past(reading, layers, proposition):
        return proposition
    return replace(proposition, kind=ClaimKind.PREDICTION, rule=name)


def _is_past(reading: Reading, layers: Layers, proposition: Proposition) -> bool:
    """Return whether a period of the proposition ended by publication: a record of what was expected once."""
    day = reading.document.published
    periods = touching(layers.periods, proposition.span.start, proposition.span.end)
    return day is not None and any(tag.period.end is not None and tag.period.end <= day for tag in periods)
