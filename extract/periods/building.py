"""From the text of a numeric atom to its numbers: one small builder for each group of the pattern."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from extract.periods.atoms import Atom, Basis, Kind
from extract.periods.lexicon import words
from extract.quantities.numerals import DIGITS, numeral_at

_NUMBER = re.compile(r"\d+|[一二三四五六七八九十百两廿零〇○]+|[半几数]")
_QUARTER_CODE = re.compile(
    r"(?P<first>(?:20)?\d\d)? ?(?:Q(?P<after>[1-4])|(?P<before>[1-4])[QH])(?P<last>(?:20)?\d\d)?"
)
_RECENT_DECADES = frozenset((0, 10))
_LATER_CENTURY = 50
"""Two digits below this are of the 2000s, the others of the 1900s."""
_ROC_OFFSET = 1911
_WEEKDAYS: Final = {**dict(zip("一二三四五六", range(6), strict=True)), "日": 6, "天": 6}
_VAGUE = frozenset("几数")

Builder = Callable[[str, int], Atom]


def _numbers(text: str) -> list[tuple[float, float]]:
    return [_value(match[0]) for match in _NUMBER.finditer(text)]


def _low_high(text: str) -> tuple[float, float]:
    """Return the least and greatest number written in an atom (1 and 5 of 1—5月, 2 and 3 of 两三年)."""
    found = _numbers(text)
    return (found[0][0], found[-1][1]) if found else (0.0, 0.0)


@cache
def _value(text: str) -> tuple[float, float]:
    if text.isdigit() and text.isascii():
        return float(text), float(text)
    if text == "半":
        return 0.5, 0.5
    numeral = None if text in _VAGUE else numeral_at(text, 0)
    if numeral is None or numeral.end != len(text):
        return 0.0, 0.0
    return float(numeral.low), float(numeral.high)


def _plain(kind: Kind, detail: str = "") -> Builder:
    def build(text: str, start: int) -> Atom:
        low, high = _low_high(text)
        return Atom(kind, start, start + len(text), low, high, detail=detail)

    return build


def full_year(digits: int) -> int:
    """Return the year that two digits name.

    Example:
        >>> full_year(8), full_year(97)
        (2008, 1997)
    """
    if digits >= 100:
        return digits
    return digits + (2000 if digits < _LATER_CENTURY else 1900)


def _second_year(first: int, second: int) -> int:
    """Return the later year of a pair whose century is written once (2024/25, 1999/00)."""
    if second >= 100:
        return second
    joined = first // 100 * 100 + second
    return joined if joined >= first else joined + 100


def _year(text: str, start: int) -> Atom:
    found = [int(low) for low, _ in _numbers(text)]
    return Atom(Kind.YEAR, start, start + len(text), found[0], _second_year(found[0], found[-1]))


def _digit_year(text: str, start: int) -> Atom:
    year = int("".join(str(DIGITS[character]) for character in text[:-1]))
    return Atom(Kind.YEAR, start, start + len(text), year, year)


def _roc_year(text: str, start: int) -> Atom:
    low, _ = _low_high(text)
    year = low + _ROC_OFFSET
    return Atom(Kind.YEAR, start, start + len(text), year, year)


def _year_in_brackets(text: str, start: int) -> Atom:
    """去(2023)年, 明(115)年: the number in the brackets tells it exactly."""
    low, _ = _low_high(text)
    year = low + (_ROC_OFFSET if low < 1000 else 0)
    return Atom(Kind.YEAR, start, start + len(text), year, year)


def _era(text: str, start: int) -> Atom:
    """令和7年, 平成元年, 康熙三年: years counted from the first of an era."""
    numbers = _numbers(text)
    year = words().eras[text[:2]] + (int(numbers[0][0]) if numbers else 1) - 1
    return Atom(Kind.YEAR, start, start + len(text), year, year)


def _lunar_day(text: str, start: int) -> Atom:
    """正月初一, 腊月廿三: month and day by the lunar calendar."""
    month, day = text.removeprefix("农历").removeprefix("阴历").split("月")
    number = {"正": 1.0, "腊": 12.0}.get(month) or _value(month)[0]
    low = _value(day.removeprefix("初").replace("廿", "二十"))[0]
    return Atom(Kind.LUNAR_DAY, start, start + len(text), number, low, detail="lunar")


def _three_digit_year(text: str, start: int) -> Atom:
    low, _ = _low_high(text)
    year = low + _ROC_OFFSET
    return Atom(Kind.ROC_YEAR, start, start + len(text), year, year, detail=text)


def _two_digit_year(text: str, start: int) -> Atom:
    low, _ = _low_high(text)
    year = full_year(int(low))
    return Atom(Kind.SHORT_YEAR, start, start + len(text), year, year)


def _date(text: str, start: int) -> Atom:
    year, month, day = (int(digits) for digits in re.findall(r"\d+", text))
    return Atom(Kind.DATE, start, start + len(text), year, month * 100 + day)


def _compact(text: str, start: int) -> Atom:
    year, rest = int(text[:-4]), int(text[-4:])
    return Atom(Kind.DATE, start, start + len(text), year + (_ROC_OFFSET if year < 1000 else 0), rest)


def _fiscal_pair(text: str, start: int) -> Atom:
    first, second = (int(digits) for digits in re.findall(r"\d+", text))
    later = _second_year(first, second)
    # 2023/24 is one year that straddles two; 2025至2034 are ten.
    detail = "pair" if later == first + 1 and ("/" in text or "年度" in text or "财年" in text) else "several"
    return Atom(Kind.FISCAL, start, start + len(text), first, later, detail=detail)


def _fiscal(text: str, start: int) -> Atom:
    year = int(re.findall(r"\d+", text)[0])
    year = year + _ROC_OFFSET if 100 <= year < 200 else full_year(year)
    return Atom(Kind.FISCAL, start, start + len(text), year, year)


def _quarter_code(text: str, start: int) -> Atom:
    """Q3, 3Q25, 2025Q3, 1H26: `detail` holds the year where one is written."""
    match = _QUARTER_CODE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text} is no code of a quarter or a half")
    number = int(match["after"] or match["before"])
    year = match["first"] or match["last"]
    kind = Kind.HALF if "H" in text else Kind.QUARTER
    return Atom(kind, start, start + len(text), number, number, detail=str(full_year(int(year))) if year else "")


def _decade(text: str, start: int) -> Atom:
    found = [int(low) for low, _ in _numbers(text)]
    century = {"上世纪": 1900, "本世纪": 2000}.get(text[:3], 1900)
    if "世纪" in text and len(found) > 1:
        century = (found[0] - 1) * 100
    if found[-1] in _RECENT_DECADES and "世纪" not in text:
        century = 2000
    year = found[-1] if found[-1] >= 100 else century + found[-1]
    return Atom(Kind.DECADE, start, start + len(text), year, year)


def _century(text: str, start: int) -> Atom:
    if text.startswith(("本", "上")):
        step = 0 if text.startswith("本") else -1
        return Atom(Kind.CENTURY, start, start + len(text), step, step, Basis.PUBLICATION)
    low, _ = _low_high(text)
    return Atom(Kind.CENTURY, start, start + len(text), low, low)


def _quarter(text: str, start: int) -> Atom:
    low, high = (1.0, 1.0) if text.startswith("首") else _low_high(text)
    kind = Kind.FISCAL_QUARTER if text.endswith("财季") else Kind.QUARTER
    return Atom(kind, start, start + len(text), low, high)


def _first(text: str, start: int) -> Atom:
    """前五个月, 首三季, 头两周: `detail` is the unit."""
    _, high = _low_high(text)
    return Atom(Kind.FIRST, start, start + len(text), 1, high, detail=_unit_of(text))


def _ordinal(text: str, start: int) -> Atom:
    """第二周, 第九个月: `detail` is the unit."""
    low, _ = _low_high(text)
    return Atom(Kind.ORDINAL, start, start + len(text), low, low, detail="month" if "月" in text else "week")


def _unit_of(text: str) -> str:
    if "年" in text:
        return "year"
    if "月" in text:
        return "month"
    if "季" in text:
        return "quarter"
    return "week" if "周" in text else "day"


def _length(text: str, start: int) -> Atom:
    """两年半, 12个月, 四五天: `detail` is the unit; 几 and 数 give 0 to 0."""
    text_end = start + len(text)
    text = text.rstrip("多余")
    body = text[:-1] if len(text) > 2 and text.endswith("半") else text
    unit = next((unit for word, unit in _lengths() if body.endswith(word)), "day")
    extra = 0.5 if body != text else 0.0
    low, high = _low_high(body)
    return Atom(Kind.LENGTH, start, text_end, low + extra, high + extra, detail=unit)


@cache
def _lengths() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(words().lengths.items(), key=lambda item: -len(item[0])))


def _month_day(text: str, start: int) -> Atom:
    month, day = (int(digits) for digits in re.findall(r"\d+", text))
    return Atom(Kind.MONTH_DAY, start, start + len(text), month, day)


def _weekday(text: str, start: int) -> Atom:
    """上周五, 礼拜三: the day is `high`; `low` counts weeks where a week is named, else the basis is the passage."""
    steps = -2 if text.startswith("上上") else -1 if text.startswith(("上", "对上")) else 0
    steps = 2 if text.startswith("下下") else 1 if text.startswith("下") else steps
    is_bare = text.startswith(("周", "星", "礼"))
    basis = Basis.ABSOLUTE if is_bare else Basis.PUBLICATION
    if text.endswith("末"):
        return Atom(Kind.WEEKEND, start, start + len(text), steps, steps, basis, "before" if text[0] == "对" else "")
    return Atom(Kind.WEEKDAY, start, start + len(text), steps, _WEEKDAYS[text[-1]], basis)


BUILDERS: Final[Mapping[str, Builder]] = {
    "date": _date,
    "compact": _compact,
    "month_day": _month_day,
    "fiscal_pair": _fiscal_pair,
    "fiscal": _fiscal,
    "decade": _decade,
    "century": _century,
    "quarter_code": _quarter_code,
    "roc_year": _roc_year,
    "year": _year,
    "bare_year": _year,
    "era": _era,
    "lunar_day": _lunar_day,
    "ordinal": _ordinal,
    "year_in_brackets": _year_in_brackets,
    "chinese_year": _digit_year,
    "three_digit_year": _three_digit_year,
    "two_digit_year": _two_digit_year,
    "quarter": _quarter,
    "first": _first,
    "month": _plain(Kind.MONTH),
    "length": _length,
    "day": _plain(Kind.DAY),
    "weekday": _weekday,
}
