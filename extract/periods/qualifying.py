"""Which clause a period qualifies, so that a claim made of that clause can pick the period up."""

from bisect import bisect_right

from extract.reading import Clause, Reading
from schemas.period import PeriodTag
from schemas.text import Span

_FRAME_WORDS = frozenset("在到于至自从截自预计展望而且但与对的时间为止 ")
"""Characters that may stand beside a period without making its clause say anything of its own."""


def clause_qualified_by(tag: PeriodTag, reading: Reading) -> Span | None:
    """Return the clause that a period qualifies; None where the reading has no clauses around it.

    A period inside a clause qualifies that clause; one that fills its clause (去年第四季,营收年增一成) is a frame for
    the next clause of the sentence.

    Args:
        tag: a period of the same reading.
        reading: the text with its clauses in order.

    Example:
        >>> from schemas.period import Period, Precision
        >>> from schemas.text import Document
        >>> shadow = "去年,营收年增一成"  # last year, revenue grew by a tenth
        >>> clauses = (Clause(Span(start=0, end=2), 0), Clause(Span(start=3, end=9), 0))
        >>> reading = Reading(Document(document_id="d", text=shadow), shadow, clauses=clauses)
        >>> period = Period(start=None, end=None, precision=Precision.YEAR)
        >>> clause_qualified_by(PeriodTag(span=Span(start=0, end=2), period=period), reading).of(shadow)
        '营收年增一成'
    """
    index = bisect_right(reading.clauses, tag.span.start, key=lambda clause: clause.span.start) - 1
    if index < 0 or reading.clauses[index].span.end <= tag.span.start:
        return None
    own = reading.clauses[index]
    following = reading.clauses[index + 1] if index + 1 < len(reading.clauses) else None
    is_frame = _is_filled(own, tag, reading.shadow)
    if is_frame and following is not None and following.sentence_index == own.sentence_index:
        return following.span
    return own.span


def _is_filled(clause: Clause, tag: PeriodTag, shadow: str) -> bool:
    rest = shadow[clause.span.start : tag.span.start] + shadow[tag.span.end : clause.span.end]
    return not set(rest) - _FRAME_WORDS
