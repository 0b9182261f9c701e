"""An outside project's date cases (Recognizers-Text), its conventions turned into ours; skipped where absent.

Their conventions, turned: an end is exclusive, and the end of a range is the first day of the last point named; a date
without a year has a past and a future value, either may be ours; a time of day counts by its day; 以前 and 以後 leave
one side open, and the open side is not compared; prepositions (从, 自, 截止到) belong to their spans only.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from extract.normalize import shadow_of
from extract.periods import tag_periods
from extract.periods.lunar import lunar_date
from extract.reading import Reading
from schemas.extraction import Refusal, Skipped
from schemas.period import PeriodTag
from schemas.text import Document, Locale, Publication

CASES = Path(__file__).parents[3] / "shared/specs/datetime.json"
LEAST_RIGHT = 0.60
FIRST_LUNAR_YEAR = 1901

# Where ours differ on purpose: these count as wrong in the figure.
ON_PURPOSE = {
    "time": "hours and minutes are no periods of a claim: days are our finest grain",
    "timerange": "as above",
    "duration": "a length that nothing anchors is a quantity (years, months, days), not a period",
    "set": "每天 and 每年 name no one period",
}


def cases() -> list[dict[str, Any]]:
    if not CASES.exists():
        pytest.skip(f"{CASES.name} of the outside cases is not beside this checkout")
    found: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))
    return found


def read(case: dict[str, Any]) -> tuple[tuple[PeriodTag, ...], tuple[Skipped, ...]]:
    published = date.fromisoformat(case["reference"][:10]) if case.get("reference") else None
    document = Document(
        document_id="case",
        text=case["input"],
        publication=Publication(published=published),
        locale=Locale.MAINLAND,
    )
    return tag_periods(Reading(document, shadow_of(case["input"])))


def day_of(text: str) -> date:
    return date.fromisoformat(text[:10])


def ends_of(end: date) -> set[date]:
    """Return every last day that their end may mean: exclusive, inclusive, or the last point's own last day."""
    later = end.replace(day=28) + timedelta(days=4)
    return {end, end - timedelta(days=1), later - timedelta(days=later.day), end.replace(month=12, day=31)}


def agrees(tag: PeriodTag, value: dict[str, str]) -> bool:
    start, end = tag.period.start, tag.period.end
    if "value" in value:
        return start == end == theirs(value)
    if value.get("Mod") in ("before", "until") or "start" not in value:
        return end in ends_of(day_of(value["end"]))
    if value.get("Mod") in ("since", "after") or "end" not in value:
        # 07年以後 begins with 2007 for us (annotation guidelines), after it for them.
        is_year = len(value["timex"]) == len("2007")
        return start == day_of(value["start"]).replace(year=day_of(value["start"]).year - is_year)
    same_day = day_of(value["start"]) == day_of(value["end"])
    return start == day_of(value["start"]) and (end in ends_of(day_of(value["end"])) or (same_day and end == start))


def theirs(value: dict[str, str]) -> date:
    """Return the day they mean; a lunar date they give by its lunar numbers."""
    day = day_of(value["value"])
    is_in_tables = bool(value.get("isLunar")) and day.year >= FIRST_LUNAR_YEAR
    return lunar_date(day.year, day.month, day.day) if is_in_tables else day


def is_refused(result: dict[str, Any]) -> bool:
    """Whether they name the span and give no value, as for 2019年2月29日: a refusal with us."""
    return all(value.get("value") == "not resolved" for value in result["resolution"]["values"])


def overlaps(tag: PeriodTag, result: dict[str, Any]) -> bool:
    shared = min(tag.span.end, result["end"]) - max(tag.span.start, result["start"])
    return 2 * shared >= max(tag.span.end, result["end"]) - min(tag.span.start, result["start"])


def is_right(case: dict[str, Any]) -> bool:
    tags, refused = read(case)
    if case["results"] and all(is_refused(result) for result in case["results"]):
        return not tags and [item.reason for item in refused] == [Refusal.PERIOD_IMPOSSIBLE] * len(case["results"])
    if len(tags) != len(case["results"]):
        return False
    return all(
        overlaps(tag, result) and any(agrees(tag, value) for value in result["resolution"]["values"])
        for tag, result in zip(tags, case["results"], strict=True)
    )


def kinds_of(case: dict[str, Any]) -> set[str]:
    return {result["type"].split(".")[1] for result in case["results"]}


def test_most_outside_cases_come_out_right(capsys: pytest.CaptureFixture[str]) -> None:
    found = cases()
    right = [case for case in found if is_right(case)]
    comparable = [case for case in found if not kinds_of(case) & set(ON_PURPOSE)]
    with capsys.disabled():
        sys.stdout.write(
            f"\noutside date-time cases: {len(right)} of {len(found)} right, "
            f"{len([case for case in comparable if case in right])} of {len(comparable)} of the comparable ones\n"
        )
    assert len(right) >= LEAST_RIGHT * len(found)


def test_what_we_leave_out_on_purpose_gets_no_wrong_period() -> None:
    for case in cases():
        if kinds_of(case) and kinds_of(case) <= {"time", "set", "duration"}:
            assert read(case)[0] == (), case["input"]
