"""Where a prediction states its condition."""

import re

from extract.clause_words import clause_words
from schemas.text import Span

_COMMA = re.compile(r",(?!\d{3}(?!\d))")
"""A comma between clauses, not one inside a number (1,600億)."""
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
    before = list(_COMMA.finditer(shadow, span.start, hit.start))
    start = before[-1].end() if before else span.start
    comma = _COMMA.search(shadow, hit.end, span.end)
    if comma is not None:
        return Span(start=start, end=comma.start())
    match = _ENDS.search(shadow, hit.end, span.end)
    return Span(start=start, end=match.start() if match and match.start() > hit.end else span.end)
