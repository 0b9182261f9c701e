"""Observations from a CSV file: all rows or none, and every bad one named.

The format, one figure a row, in UTF-8 with a header of exactly these columns in any order:

    indicator_id   an id of the catalogue (`kg/indicators.yaml`), such as us.treasury.10y.daily
    period_start   first day the figure is about, YYYY-MM-DD
    period_end     last day, the same as the first for a figure of one day
    value          a decimal number with a point and without separators; "", ".", "null", "NA" or "-" where
                   the release was cancelled or the figure never published
    unit           the unit of the series in the catalogue
    released_at    the day it could first be known (of a cancelled release: the day it was due)
    vintage        which release: advance, second, third, annual update, final, decision, …
    source         where the figure is from: an address, or a document by its name

A period has one row for each vintage; the same row twice is refused too.
"""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from kg.indicators import catalogue
from schemas.errors import InputError
from schemas.evidence import Frequency, Indicator, Observation, observation_id_of

COLUMNS: Final = (
    "indicator_id", "period_start", "period_end", "value", "unit", "released_at", "vintage", "source",
)  # fmt: skip
MISSING: Final = frozenset({"", ".", "null", "NA", "-"})
"""How the sources write that there is no figure (FRED, FiscalData, DBnomics, BLS)."""
NUMBER: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
SHOWN: Final = 20
"""Bad rows an error message lists; its context holds all of them."""

Row = dict[str, str]


class _CellError(Exception):
    """A cell that can't be taken; becomes one line of the InputError, never leaves this module."""

    def __init__(self, column: str, advice: str) -> None:
        super().__init__(f"{column}: {advice}")


def read_observations(
    text: str, *, name: str, indicators: Mapping[str, Indicator] | None = None
) -> tuple[Observation, ...]:
    r"""Return the observations of a CSV text, in its order.

    Args:
        text: the whole file, decoded; a byte order mark is passed over.
        name: how errors call it, usually the path.
        indicators: the series that may occur, ours by default.

    Raises:
        InputError: the text is empty, code "observations.empty"; the header is not ours, code
            "observations.header"; a row is bad, code "observations.rows", with one line for each bad row
            (line number, column, what to do) in the message and all of them in the context as `problems`.

    Example:
        >>> rows = "indicator_id,period_start,period_end,value,unit,released_at,vintage,source"
        >>> row = "us.gdp.growth.quarterly,2025-01-01,2025-03-31,-0.3,%,2025-04-30,advance,bea.gov"
        >>> read_observations(f"{rows}\n{row}\n", name="gdp.csv")[0].value
        Decimal('-0.3')
    """
    known = catalogue().indicators if indicators is None else indicators
    observations, problems = _collect(text, name, known)
    if problems:
        more = f"\n… and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        listed = "\n".join(problems[:SHOWN])
        message = f"{name}: nothing was imported, {len(problems)} bad rows:\n{listed}{more}"
        raise InputError("observations.rows", message, name=name, problems=tuple(problems))
    return tuple(observations)


def _collect(text: str, name: str, known: Mapping[str, Indicator]) -> tuple[list[Observation], list[str]]:
    observations: list[Observation] = []
    problems: list[str] = []
    lines: dict[str, int] = {}
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    line = 1
    try:
        header = _header(next(reader, None), name)
        line = reader.line_num + 1
        for cells in reader:
            try:
                if cells:
                    observations.append(_new_observation(_row(header, cells), known, lines, line))
            except _CellError as error:
                problems.append(f"line {line}: {error}")
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(f"line {line}: no CSV from here on ({error}): mend its quotation marks and control characters")
    return observations, problems


def _new_observation(row: Row, known: Mapping[str, Indicator], lines: dict[str, int], line: int) -> Observation:
    observation = _observation(row, known)
    first = lines.setdefault(observation.observation_id, line)
    if first != line:
        raise _CellError("vintage", f"line {first} has this period and vintage already: keep one")
    return observation


def _header(cells: list[str] | None, name: str) -> list[str]:
    if cells is None:
        raise InputError("observations.empty", f"{name} is empty: give {','.join(COLUMNS)} and rows", name=name)
    header = [cell.strip() for cell in cells]
    _check_header(header, name)
    return header


def _check_header(header: list[str], name: str) -> None:
    if sorted(header) == sorted(COLUMNS):
        return
    lacking = [column for column in COLUMNS if column not in header]
    extra = [column for column in header if column not in COLUMNS]
    twice = sorted({column for column in header if header.count(column) > 1})
    found = (("lacks", lacking), ("has unknown", extra), ("repeats", twice))
    told = ", ".join(f"{what} {' '.join(columns) or '(blank)'}" for what, columns in found if columns)
    message = f"{name}: the header {told}: it must be {','.join(COLUMNS)}"
    raise InputError("observations.header", message, name=name)


def _row(header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise _CellError("all columns", f"{len(cells)} cells instead of {len(header)}: quote cells that hold a comma")
    return dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _observation(row: Row, known: Mapping[str, Indicator]) -> Observation:
    indicator = known.get(row["indicator_id"])
    if indicator is None:
        raise _CellError("indicator_id", f"{row['indicator_id']!r} is not in the catalogue: use one of its ids")
    start, end, released = (_day(row, column) for column in ("period_start", "period_end", "released_at"))
    if end < start:
        raise _CellError("period_end", f"{end} lies before period_start {start}: swap them")
    if row["unit"] != indicator.unit:
        raise _CellError(
            "unit", f"{row['unit']!r} is not {indicator.unit!r}, the unit of the series: convert the value"
        )
    value = _value(row["value"])
    is_early = indicator.frequency is not Frequency.EVENT and value is not None and released < end
    if is_early:
        raise _CellError("released_at", f"{released} lies before the end of the period {end}: give the day of release")
    for column in ("vintage", "source"):
        if not row[column] or not row[column].isprintable():
            raise _CellError(column, "is empty or not printable: say which release it is, or where it is from")
    return Observation(
        observation_id=observation_id_of(indicator.indicator_id, start, end, row["vintage"]),
        indicator_id=indicator.indicator_id,
        period_start=start,
        period_end=end,
        value=value,
        unit=row["unit"],
        released_at=released,
        vintage=row["vintage"],
        source=row["source"],
    )


def _day(row: Row, column: str) -> date:
    text = row[column]
    if not DAY.fullmatch(text):
        raise _CellError(column, f"{text!r} is no day: write YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _CellError(column, f"{text!r} is not in the calendar: mend the day") from error


def _value(text: str) -> Decimal | None:
    if text in MISSING:
        return None
    if not NUMBER.fullmatch(text):
        raise _CellError("value", f"{text!r} is no plain decimal number: write it like -1234.5, or leave it empty")
    return Decimal(text)
