"""Where a prediction states its condition."""

import re

from extract.clause_words import clause_words
from schemas.text import Span

_COMMA = re.compile(r",(?!\d{3}(?!\d))")
"""A comma between clauses, not one inside a number (1,600億)."""
_BREAK = re.compile("[;。:]")
_CONTRAST = re.compile(r"(?:但|不过|可是|然而|而|惟|至于|也)[,\s]*$")
_TURN = 3  # characters of the longest word that turns a case round
_OTHERWISE = re.compile(r"(?:否则|反之|要不然|不然)[,\s]*")
_OF_ODDS = re.compile("[机几概]率|机会|可能性|则")
"""Words of one who weighs the case itself, or sets another beside it."""
_SPEECH = "的话"  # his words, as often as in case
_MAIN = frozenset("主重首")  # before 要是: mainly, not if
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


def carried_condition(shadow: str, span: Span, *, heard_from: int) -> Span | None:
    """Return the condition under which a proposition without one still stands, None where it stands alone.

    A condition goes on to the next clauses of its sentence (若升息兩碼,房市會冷,交易量再縮) until a stop, another
    speaker, or a contrast; 否則 and 反之 take up whatever stands before.

    Args:
        shadow: the folded text.
        span: the proposition.
        heard_from: where its sentence begins, or behind the words that introduce its speaker.

    Example:
        >>> text = "若升息两码,房市会冷,交易量再缩"  # if rates rise twice, housing will cool, sales shrink further
        >>> carried_condition(text, Span(start=11, end=16), heard_from=0).of(text)
        '若升息两码'
    """
    found = clause_words().conditions.find(shadow, heard_from, span.start)
    before = [hit for hit in found if hit.phrase != _SPEECH and shadow[hit.start - 1 : hit.start] not in _MAIN]
    start = before[-1].start if before else heard_from
    own = condition_in(shadow, Span(start=start, end=span.start)) if before else None
    turn = _OTHERWISE.search(shadow, heard_from, span.start + _TURN)
    if turn is not None and turn.end() >= span.start:
        stretch = shadow[heard_from : turn.start()].rstrip(",; ")
        return own or (Span(start=heard_from, end=heard_from + len(stretch)) if stretch else None)
    is_cut = _BREAK.search(shadow, start, span.start) or _CONTRAST.search(shadow[start : span.start])
    return None if is_cut or _OF_ODDS.search(shadow, span.start, span.end) else own
