"""Where a prediction states its condition."""

import re

from extract.clause_words import clause_words
from schemas.text import Span

_ENDS = re.compile(r"就会|便会|则会|则|才能|才会|才|就(?!业|算)|将会?|恐怕?")


def condition_in(shadow: str, span: Span) -> Span | None:
    """Return the clause of a condition (若, 如果, 一旦, 除非, 只要) inside a proposition, None without one.

    Example:
        >>> condition_in("若油价再涨,通膨会升温", Span(start=0, end=11))  # if oil rises again, inflation will heat up
        Span(start=0, end=5)
    """
    hit = next(clause_words().conditions.find(shadow, span.start, span.end), None)
    if hit is None:
        return None
    start = max(shadow.rfind(",", span.start, hit.start) + 1, span.start)
    comma = shadow.find(",", hit.end, span.end)
    match = None if comma > 0 else _ENDS.search(shadow, hit.end, span.end)
    end = comma if comma > 0 else match.start() if match and match.start() > hit.end else span.end
    return Span(start=start, end=end)
