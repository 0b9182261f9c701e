"""Numerals by value: what each spelling means, and what is refused."""

from decimal import Decimal

import pytest

from extract.quantities.numerals import Vagueness
from tests.extract.quantities.reading_numerals import parse_numeral, scan_numerals


@pytest.mark.parametrize(
    ("spelling", "value"),
    [
        ("5兆3千亿", "5300000000000"),
        ("1万5", "15000"),
        ("两万三", "23000"),
        ("万五", "15000"),
        ("千三", "1300"),
        ("百万", "1000000"),
        ("万亿", "1000000000000"),
        ("213.5万亿", "213500000000000"),
        ("1,350 万", "13500000"),
        ("一千零五十", "1050"),
        ("一万二百五十", "10250"),
        ("壹仟贰佰", "1200"),
        ("廿五", "25"),
        ("二〇二五", "2025"),
        ("一一四", "114"),
        ("十五点七", "15.7"),
        ("负三", "-3"),
        ("3.2 billion", "3200000000"),
    ],
)
def test_a_spelling_has_one_value(spelling: str, value: str) -> None:
    assert parse_numeral(spelling) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "万", "亿亿", "十几亿", "三五", "1万50", "五十千", "台积电", "1.5万5千", "9" * 60]
)
def test_what_has_no_exact_value_is_refused(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("spelling", "low", "high", "vagueness"),
    [
        ("十几亿", "1100000000", "1900000000", Vagueness.DIGIT),
        ("一百零几", "101", "109", Vagueness.DIGIT),
        ("三五", "3", "5", Vagueness.SPAN),
        ("二三十", "20", "30", Vagueness.SPAN),
        ("十七八", "17", "18", Vagueness.SPAN),
        ("两百三十余万", "2300000", "2300000", Vagueness.MORE),
    ],
)
def test_an_open_numeral_says_how_far_it_reaches(spelling: str, low: str, high: str, vagueness: Vagueness) -> None:
    (numeral,) = scan_numerals(spelling)
    assert (numeral.low, numeral.high, numeral.vagueness) == (Decimal(low), Decimal(high), vagueness)


def test_numbers_that_a_blank_keeps_apart_are_two() -> None:
    assert [(n.start, n.end) for n in scan_numerals("10万 20万")] == [(0, 3), (4, 7)]


@pytest.mark.parametrize("noise", ["9", "亿", ",", "(", "1,111,", "一", "十", "1 ", "多"])
def test_a_megabyte_of_noise_is_read_through(noise: str) -> None:
    text = noise * (1_000_000 // len(noise))
    assert all(numeral.end <= len(text) for numeral in scan_numerals(text))
