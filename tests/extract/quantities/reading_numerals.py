"""Numerals of a text by themselves, as tests look at them: one that is all there is, and those of a text in order."""

from collections.abc import Iterator
from decimal import Decimal

from extract.quantities.numerals import RUN, Numeral, Vagueness, numeral_at, read_run


def parse_numeral(shadow_text: str) -> Decimal | None:
    """The exact value of a text that is one numeral and nothing else; None where it is none, or no exact one."""
    text = shadow_text.strip()
    body = text.lstrip("-–−负 ")
    numeral = numeral_at(body, 0)
    if numeral is None or numeral.end != len(body) or numeral.vagueness is not Vagueness.EXACT:
        return None
    return -numeral.low if body != text else numeral.low


def scan_numerals(shadow: str) -> Iterator[Numeral]:
    """The numerals of a text in order, unsigned; runs that mean no number are passed over."""
    place = 0
    while (match := RUN.search(shadow, place)) is not None:
        numeral = read_run(match)
        if numeral is not None:
            yield numeral
        place = numeral.end if numeral else match.end()
