"""Twenty thousand periods, each composed from its days into many spellings and read back."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from extract.periods.calendar import Unit, last_day, shift
from tests.extract.periods.period_readings import WEDNESDAY, Days, iso, periods_of

ROUNDS = 20_000
DIGITS = "〇一二三四五六七八九"
Composed = tuple[str, date | None, date | None]


def spelled(number: int) -> str:
    """A number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def year_names(year: int) -> Iterator[str]:
    yield from (f"{year}年", f"{year} 年", f"西元{year}年", "".join(DIGITS[int(digit)] for digit in str(year)) + "年")
    if year > 1920:
        yield from (
            f"民國{year - 1911}年",
            f"民國{spelled(year - 1911)}年" if year < 2010 else f"民國 {year - 1911} 年",
        )
    relative = {-2: "前年", -1: "去年", 0: "今年", 1: "明年", 2: "後年"}.get(year - WEDNESDAY.year)
    if relative:
        yield relative


def number_names(number: int) -> tuple[str, ...]:
    return (str(number), spelled(number))


def a_year(dice: random.Random) -> Composed:
    year = dice.randint(1950, 2060)
    return dice.choice(list(year_names(year))), date(year, 1, 1), date(year, 12, 31)


def a_half(dice: random.Random) -> Composed:
    year, half = dice.randint(1950, 2060), dice.choice((1, 2))
    name = dice.choice(list(year_names(year))) + ("上半年", "下半年")[half - 1]
    return name, date(year, half * 6 - 5, 1), date(year, half * 6, 30 if half == 1 else 31)


def a_quarter(dice: random.Random) -> Composed:
    year, quarter = dice.randint(1950, 2060), dice.randint(1, 4)
    number = dice.choice(number_names(quarter))
    written = dice.choice((f"第{number}季", f"第{number}季度", f"{number}季度", f"Q{quarter}"))
    end = quarter * 3
    name = dice.choice(list(year_names(year))) + written
    return name, date(year, end - 2, 1), date(year, end, last_day(year, end))


def a_month(dice: random.Random) -> Composed:
    year, month = dice.randint(1950, 2060), dice.randint(1, 12)
    written = dice.choice(number_names(month)) + dice.choice(("月", " 月", "月份"))
    name = dice.choice(list(year_names(year))) + written
    return name, date(year, month, 1), date(year, month, last_day(year, month))


def a_third_of_a_month(dice: random.Random) -> Composed:
    year, month, third = dice.randint(1950, 2060), dice.randint(1, 12), dice.randint(1, 3)
    part = dice.choice((("上旬", "初"), ("中旬", "中"), ("下旬", "底"))[third - 1])
    name = f"{dice.choice(list(year_names(year)))}{dice.choice(number_names(month))}月{part}"
    last = (10, 20, last_day(year, month))[third - 1]
    return name, date(year, month, third * 10 - 9), date(year, month, last)


def a_day(dice: random.Random) -> Composed:
    day = date(1950, 1, 1) + timedelta(days=dice.randint(0, 40_000))
    month_name, day_name = dice.choice(number_names(day.month)), dice.choice(number_names(day.day))
    names = [
        *(f"{year}{month_name}月{day_name}{dice.choice('日號')}" for year in year_names(day.year)),
        f"{day.year}年{day.month} /{day.day}日",
        day.isoformat(),
        day.strftime("%Y/%m/%d"),
        f"{day.year}.{day.month}.{day.day}",
    ]
    return dice.choice(names), day, day


def a_range_of_months(dice: random.Random) -> Composed:
    year, first = dice.randint(1950, 2060), dice.randint(1, 11)
    last = dice.randint(first + 1, 12)
    joint = dice.choice("至到-—~～")
    first_name, last_name = dice.choice(number_names(first)), dice.choice(number_names(last))
    unit = dice.choice(("月", ""))
    name = f"{dice.choice(list(year_names(year)))}{first_name}{unit}{joint}{last_name}月"
    return name, date(year, first, 1), date(year, last, last_day(year, last))


def a_range_of_years(dice: random.Random) -> Composed:
    first = dice.randint(1950, 2050)
    last = first + dice.randint(1, 9)
    name = dice.choice((f"{first}年至{last}年", f"{first}至{last}年", f"{first}-{last}年", f"{first}、{last}年"))
    return name, date(first, 1, 1), date(last, 12, 31)


def a_horizon(dice: random.Random) -> Composed:
    number = dice.randint(2, 19)
    unit = dice.choice(
        (("年", Unit.YEAR), ("個月", Unit.MONTH), ("周", Unit.WEEK), ("天", Unit.DAY), ("個季度", Unit.QUARTER))
    )
    length = dice.choice(number_names(number)) + unit[0]
    if dice.random() < 0.5:
        name = dice.choice(("未來", "接下來", "今後")) + length
        return name, WEDNESDAY, shift(WEDNESDAY, number, unit[1])
    return dice.choice(("過去", "最近", "近")) + length, shift(WEDNESDAY, -number, unit[1]), WEDNESDAY


def a_decade(dice: random.Random) -> Composed:
    tens = dice.randint(5, 9)
    names = (
        f"19{tens}0年代",
        f"{DIGITS[tens]}十年代",
        f"{tens}0年代",
        f"20世紀{tens}0年代",
        f"上世紀{DIGITS[tens]}十年代",
    )
    return dice.choice(names), date(1900 + tens * 10, 1, 1), date(1909 + tens * 10, 12, 31)


def a_weekday(dice: random.Random) -> Composed:
    step, weekday = dice.choice(((-1, "上"), (0, "本"), (1, "下"))), dice.randint(0, 6)
    monday = WEDNESDAY - timedelta(days=WEDNESDAY.weekday())
    day = monday + timedelta(days=7 * step[0] + weekday)
    return step[1] + dice.choice(("周", "週", "星期", "禮拜")) + "一二三四五六日"[weekday], day, day


COMPOSERS: tuple[Callable[[random.Random], Composed], ...] = (
    a_year,
    a_half,
    a_quarter,
    a_month,
    a_third_of_a_month,
    a_day,
    a_range_of_months,
    a_range_of_years,
    a_horizon,
    a_decade,
    a_weekday,
)


@pytest.mark.parametrize("compose", COMPOSERS, ids=[compose.__name__ for compose in COMPOSERS])
def test_a_composed_period_is_read_back_as_it_was(compose: Callable[[random.Random], Composed]) -> None:
    dice = random.Random(compose.__name__)  # noqa: S311 (no secret: the same rounds each time)
    wrong: list[tuple[Days, list[Days]]] = []
    for _ in range(ROUNDS // len(COMPOSERS) + 1):
        name, start, end = compose(dice)
        wanted = (name, iso(start), iso(end))
        found = periods_of(f"據了解，{name}。", is_segmented=False)
        if found != [wanted]:
            wrong.append((wanted, found))
    assert wrong == []
