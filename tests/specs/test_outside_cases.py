"""An outside project's cases (Recognizers-Text), its conventions turned into ours; absent ones are skipped."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.normalize import shadow_of
from extract.quantities.amounts import Amount
from extract.quantities.bounds import bound_of
from extract.quantities.fractions import fraction_at
from extract.quantities.grammar import read_amounts
from extract.quantities.numerals import RUN, Vagueness, read_run
from extract.quantities.pauses import split_numbers
from extract.quantities.phrases import set_phrases
from extract.quantities.ranges import join_ranges
from extract.quantities.signs import signed
from extract.quantities.units import UnitKind, unit_book
from schemas.quantity import Bound
from schemas.text import Locale

FOLDER = Path(__file__).parents[3] / "shared/specs"
Finding = tuple[int, int, str]

# Where ours differ on purpose: these count as wrong in the figures below.
ON_PURPOSE = {
    "2^-1": "no power stands in a financial text, and ^ marks footnotes there",
    "1.1^+23": "as above",
    "-1.1^+23": "as above",
    "-1.1^--23": "as above",
    "二三十個百分點": "a span of twenty to thirty points is a quantity for us",
    "人民幣美元": "a currency without a number is no quantity",
    "我有20個比特幣": "bitcoin has no ISO 4217 code: a count for us",
    "零十": "no number of Chinese is written so: refused",
    "五十千": "no number of Chinese is written so: refused",
    "1 ３/5": "over a blank 3/5 may be a day: a number and a fraction apart",
    "1 4/3的美夢,1/2的努力": "as above",
    "7 2 折": "as above: two numbers",
    "五百分之2.2": "every fraction is a share in percent for us",
    "他的排名在第十和第十五之間": "places in a ranking are ordinals, no quantities",
}


def cases(name: str) -> list[dict[str, Any]]:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path.name} of the outside cases is not beside this checkout")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def plain(value: Decimal | str) -> str:
    """Six significant digits: theirs are floats."""
    return f"{float(value):.6g}"


def numbers(shadow: str) -> Iterator[Finding]:
    """Numbers as they take them: fractions as shares, an open digit (十幾) left out, a dozen counted out."""
    place, phrase = 0, re.compile(set_phrases())
    while (match := RUN.search(shadow, place)) is not None:
        numeral = read_run(match)
        place = numeral.end if numeral else match.end()
        if numeral is None or phrase.match(shadow, match.start()):
            continue
        amount, fraction = signed(numeral, shadow), fraction_at(numeral, shadow)
        end, value = amount.end, amount.low
        if fraction is not None and shadow[fraction.start : fraction.start + 3] == "百分之":
            yield fraction.end - len(shadow[fraction.start + 3 : fraction.end]), fraction.end, plain(fraction.low)
            place = fraction.end
            continue
        if fraction is not None:
            share = fraction.shares()[0]
            end, value = fraction.end, -share if amount.low < 0 else share
        elif numeral.vagueness is Vagueness.DIGIT:
            value = numeral.low - (numeral.high - numeral.low) / 8
        if fraction is None and shadow[end : end + 1] == "打":
            end, value = end + 1, value * 12
        place = end
        unit = unit_book(Locale.MAINLAND).after(shadow, end)
        if unit is None or unit[1].kind is not UnitKind.MONEY:
            yield amount.start, end, plain(value)


def percentages(shadow: str) -> Iterator[Finding]:
    """Shares and points alike, as they take both for percentages."""
    for amount in amounts(shadow):
        if amount.unit_name in ("%", "pp"):
            yield amount.start, amount.end, plain(amount.low)


def money(shadow: str) -> Iterator[tuple[int, int, str]]:
    """Amounts of money, the mark in front inside the span, with their currency."""
    for amount in amounts(shadow):
        if amount.kind is UnitKind.MONEY:
            yield amount.left, amount.end, f"{plain(amount.low)} {amount.unit_name}"


def amounts(shadow: str) -> list[Amount]:
    return list(read_amounts(shadow, unit_book(Locale.MAINLAND)))


def ranges(shadow: str) -> Iterator[Finding]:
    """Ranges and bounded numbers as (low, high), empty where open; which ends are closed is left aside."""
    found: list[tuple[int, int, str, str]] = []
    for amount in join_ranges(amounts(shadow), shadow):
        low, high = raw(amount)
        bound = bound_of(amount, shadow)
        if bound in (Bound.AT_LEAST, Bound.MORE):
            high = ""
        elif bound in (Bound.AT_MOST, Bound.LESS):
            low = ""
        elif low == high:
            continue
        gap = shadow[found[-1][1] : amount.start] if found else ""
        is_second = found and found[-1][3] == "" and low == "" and not re.search("[A-Za-z]", gap)
        if is_second and float(found[-1][2]) < float(high):
            low = found.pop()[2]
        found.append((amount.start, amount.end, low, high))
    yield from ((start, end, f"{low}..{high}") for start, end, low, high in found)


def raw(amount: Amount) -> tuple[str, str]:
    """The number without its unit; an open digit (几) stands for nought and above."""
    numeral = amount.numeral
    if amount.is_joined:
        return plain(amount.low), plain(amount.high)
    if amount.is_slashed:
        return plain(amount.low / 100), plain(amount.high / 100)
    if numeral.vagueness is Vagueness.DIGIT:
        return plain(numeral.low - (numeral.high - numeral.low) / 8), ""
    return plain(numeral.low), plain(numeral.high)


def their_number(result: dict[str, Any]) -> Finding:
    return result["start"], result["end"], plain(result["resolution"]["value"])


def their_percentage(result: dict[str, Any]) -> Finding:
    return result["start"], result["end"], plain(result["resolution"]["value"].rstrip("%"))


def their_money(result: dict[str, Any]) -> Finding:
    resolution = result["resolution"]
    code = {"Dollar": "USD"}.get(resolution["unit"], resolution.get("isoCurrency", resolution["unit"]))
    return result["start"], result["end"], f"{plain(resolution['value'] or 'nan')} {code}"


def their_range(result: dict[str, Any]) -> Finding:
    low, high = (plain(end) if end else "" for end in result["resolution"]["value"].strip("[]()").split(","))
    return result["start"], result["end"], f"{low}..{high}"


KINDS: dict[str, tuple[Callable[[str], Iterator[Finding]], Callable[[dict[str, Any]], Finding], float]] = {
    "number": (numbers, their_number, 0.93),
    "percent": (percentages, their_percentage, 0.93),
    "currency": (money, their_money, 0.85),
    "range": (ranges, their_range, 0.70),
}


def is_right(name: str, case: dict[str, Any]) -> bool:
    """Whether ours and theirs agree: spans and values; of ranges, whose words they put inside, the values alone."""
    ours_of, theirs_of, _ = KINDS[name]
    ours = list(ours_of(split_numbers(case["input"], shadow_of(case["input"]))))
    theirs = [theirs_of(result) for result in case["results"]]
    if name == "range":
        return [value for *_, value in ours] == [value for *_, value in theirs]
    return ours == theirs


@pytest.mark.parametrize("name", KINDS)
def test_most_outside_cases_come_out_right(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    all_cases = cases(name)
    right = sum(is_right(name, case) for case in all_cases)
    with capsys.disabled():
        sys.stdout.write(f"\noutside cases, {name}: {right} of {len(all_cases)} right\n")
    assert right / len(all_cases) >= KINDS[name][2]


def test_what_differs_on_purpose_does_differ() -> None:
    inputs = {case["input"]: (name, case) for name in KINDS for case in cases(name)}
    assert [text for text in ON_PURPOSE if text not in inputs or is_right(*inputs[text])] == []
