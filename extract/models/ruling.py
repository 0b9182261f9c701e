"""Rules that are hard: they overrule whatever a model says of a proposition, and say so."""

import re
from dataclasses import dataclass, replace
from typing import Final

from extract.clause_words import clause_words
from extract.layers import Layers
from extract.placing import touching
from extract.propositions.protocol import Proposition
from extract.reading import Reading
from schemas.claim import ClaimKind

_CHANCE = "(?:几率|机率|概率)"
_STATED_CHANCE: Final = re.compile(f"{_CHANCE}.{{0,6}}[0-9]|[0-9].{{0,8}}{_CHANCE}")
_FORECAST = "(?:预测|展望|财测|预估)"
_RHETORICAL: Final = re.compile("怎么会|谈何")
"""Asks, and asserts the contrary."""
_NO_COMMENT: Final = re.compile(
    "不予置评|[未不]置可否|一概不谈"
    "|(?:不愿?|不会|不肯|未[作做予获]?|未对此|没有|拒绝|婉拒)(?:[对就].{1,12})?(?:置评|评论|回应|回复|多谈)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a proposition is by a pattern over folded text.

    Attributes:
        name: what it is called where a claim is explained.
        kind: what such propositions are.
        pattern: what is looked for.
        is_past: whether a time must be spoken of that is over, or must not; None where it does not matter.
    """

    name: str
    kind: ClaimKind
    pattern: re.Pattern[str]
    is_past: bool | None = None


RULES: Final = (
    Rule("rule.target_price", ClaimKind.PREDICTION, re.compile("目标价.*[0-9]"), is_past=False),
    Rule("rule.probability", ClaimKind.PREDICTION, _STATED_CHANCE, is_past=False),
    Rule("rule.past_chance", ClaimKind.FACT, re.compile(f"(?:过去|历年|历史|统计).*{_CHANCE}.*[0-9]"), is_past=True),
    Rule(
        "rule.withdrawn",
        ClaimKind.FACT,
        re.compile(f"(?:撤回|收回).{{0,20}}{_FORECAST}|{_FORECAST}.{{0,6}}(?:撤回|收回)"),
    ),
    Rule("rule.rhetorical", ClaimKind.OPINION, _RHETORICAL),
    Rule("rule.stop_price", ClaimKind.OPINION, re.compile("停损|止损|停利|止盈")),
    Rule("rule.in_force", ClaimKind.FACT, re.compile("即日起|今[日天]?起(?![将拟跌涨跑])")),
    Rule("rule.falls_due", ClaimKind.FACT, re.compile("(?:债|票据|借款|贷款|存单|MLF|逆回购).{0,8}到期$")),
    Rule("rule.no_comment", ClaimKind.FACT, _NO_COMMENT),
)
"""The first that fits decides. Each stands in the annotation's guidelines as decided, whatever else the words say."""


def declines(text: str) -> bool:
    """Return whether a proposition tells that somebody would not speak, which the narrator tells of them.

    Example:
        >>> declines("公司不予置评"), declines("公司评论不多")
        (True, False)
    """
    return _NO_COMMENT.search(text) is not None


def asks(reading: Reading, proposition: Proposition) -> bool:
    """Return whether the proposition is a question that asserts nothing: a question word and a question mark behind."""
    end = proposition.span.end
    text, following = proposition.span.of(reading.shadow), reading.shadow[end : end + 2].lstrip(" 」』”\"'")
    return following.startswith("?") and clause_words().questions.occurs(text) and not _RHETORICAL.search(text)


def ruled(reading: Reading, layers: Layers, proposition: Proposition) -> Proposition:
    """Return the proposition with the kind that a hard rule gives it, named in `rule`; else as it is."""
    text = proposition.span.of(reading.shadow)
    fitting = [rule for rule in RULES if rule.pattern.search(text)]
    is_past = bool(fitting) and _is_past(reading, layers, proposition)
    rule = next((rule for rule in fitting if rule.is_past in (None, is_past)), None)
    if rule is None or rule.kind is proposition.kind:
        return proposition
    return replace(proposition, kind=rule.kind, rule=rule.name)


def _is_past(reading: Reading, layers: Layers, proposition: Proposition) -> bool:
    """Return whether a period of the proposition ended by publication: a record of what was expected once."""
    day = reading.document.published
    periods = touching(layers.periods, proposition.span.start, proposition.span.end)
    return day is not None and any(tag.period.end is not None and tag.period.end <= day for tag in periods)
