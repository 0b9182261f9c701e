"""What a node is called on a screen: short Chinese text that is readable at a glance."""

from typing import Final

from schemas.actor import Actor, Judgement, JudgementValue
from schemas.claim import Claim
from schemas.evidence import Indicator, Observation, Outcome, Resolution, Verdict, VerdictValue
from schemas.text import Document

CAPTION_CHARACTERS: Final = 24
"""Longer captions do not fit beside a node."""
ELLIPSIS: Final = "…"
"""Ends a caption that was cut."""
UNNAMED_AUTHOR: Final = "作者"
OUTCOMES: Final = {
    Outcome.TRUE: "成真",
    Outcome.FALSE: "落空",
    Outcome.PENDING: "未到期",
    Outcome.UNRESOLVABLE: "無從判定",
    Outcome.ANNULLED: "作廢",
}
VERDICTS: Final = {
    VerdictValue.SUPPORTED: "屬實",
    VerdictValue.REFUTED: "不實",
    VerdictValue.MIXED: "部分屬實",
    VerdictValue.NOT_ENOUGH_EVIDENCE: "證據不足",
}
JUDGEMENTS: Final = {
    JudgementValue.SAME: "同一",
    JudgementValue.DIFFERENT: "不同",
    JudgementValue.UNSURE: "存疑",
    JudgementValue.NONE: "撤回",
}


def shortened(text: str) -> str:
    """Return the head of a text on one line, with an ellipsis where it was cut.

    Example:
        >>> shortened(" 美股收低，台股開高 ")
        '美股收低，台股開高'
        >>> len(shortened("漲" * 100))
        24
    """
    line = "".join(text.split("\n")).strip()
    return line if len(line) <= CAPTION_CHARACTERS else f"{line[: CAPTION_CHARACTERS - 1]}{ELLIPSIS}"


def document_caption(document: Document) -> str:
    """Return the title, else the first line that is not blank, else the id."""
    lines = (line.strip() for line in document.text.splitlines())
    return shortened(document.publication.title or next(filter(None, lines), document.document_id))


def claim_caption(claim: Claim) -> str:
    """Return the head of the claim."""
    return shortened(claim.text)


def actor_caption(actor: Actor) -> str:
    """Return the name that is shown; an author without a byline is 作者."""
    return shortened(actor.caption) if actor.names else UNNAMED_AUTHOR


def indicator_caption(indicator: Indicator) -> str:
    """Return the Chinese title."""
    return shortened(indicator.title_zh or indicator.title)


def observation_caption(observation: Observation) -> str:
    """Return the figure with the last day of its period; 無數據 where it was never published.

    Example:
        >>> from datetime import date
        >>> from decimal import Decimal
        >>> day = date(2025, 3, 27)
        >>> figure = Observation(observation_id="o", indicator_id="us.treasury.10y", period_start=day, period_end=day,
        ...     value=Decimal("4.38"), unit="%", released_at=day, vintage="final", source="Treasury")
        >>> observation_caption(figure)
        '4.38%（2025-03-27）'
    """
    figure = "無數據" if observation.value is None else f"{observation.value}{observation.unit}"
    return shortened(f"{figure}（{observation.period_end.isoformat()}）")


def resolution_caption(resolution: Resolution) -> str:
    """Return the outcome with its day, as 成真（2025-12-31）."""
    return f"{OUTCOMES[resolution.outcome]}（{resolution.as_of.isoformat()}）"


def verdict_caption(verdict: Verdict) -> str:
    """Return the verdict with its day, as 屬實（2025-12-31）."""
    return f"{VERDICTS[verdict.value]}（{verdict.as_of.isoformat()}）"


def judgement_caption(judgement: Judgement) -> str:
    """Return what was decided with its day, as 同一（2025-12-31）."""
    return f"{JUDGEMENTS[judgement.value]}（{judgement.judged_at.date().isoformat()}）"
