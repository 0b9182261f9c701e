from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.csv_file import COLUMNS, read_observations
from schemas.errors import InputError

HEADER = ",".join(COLUMNS)
GOOD = "us.gdp.growth.quarterly,2025-01-01,2025-03-31,-0.3,%,2025-04-30,advance,bea.gov"
CELLS = dict(zip(COLUMNS, GOOD.split(","), strict=True))


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        read_observations(text, name="x.csv")
    assert caught.value.code == "observations.rows"
    problems = caught.value.context["problems"]
    assert isinstance(problems, tuple)
    assert "nothing was imported" in caught.value.message
    return problems


def row(**changed: str) -> str:
    return ",".join((CELLS | changed).values())


def test_a_row_is_read_with_all_it_says() -> None:
    (found,) = read_observations(f"{HEADER}\n{GOOD}\n", name="x.csv")
    assert (found.value, found.released_at, found.vintage) == (Decimal("-0.3"), date(2025, 4, 30), "advance")
    assert (found.period_start, found.period_end) == (date(2025, 1, 1), date(2025, 3, 31))


def test_columns_stand_in_any_order_and_a_byte_order_mark_blank_lines_and_line_ends_do_no_harm() -> None:
    order = [*COLUMNS[3:], *COLUMNS[:3]]
    text = f"\ufeff{','.join(order)}\r\n\r\n{', '.join(CELLS[c] for c in order)}\r\n"
    assert read_observations(text, name="x.csv") == read_observations(f"{HEADER}\n{GOOD}", name="x.csv")


@pytest.mark.parametrize("missing", ["", ".", "null", "NA", "-"])
def test_every_way_to_write_no_figure_is_no_figure(missing: str) -> None:
    (found,) = read_observations(f"{HEADER}\n{row(value=missing, released_at='2025-04-30')}", name="x.csv")
    assert found.value is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"value": "1e3"}, "value: '1e3'"),
        ({"value": "NaN"}, "value: 'NaN'"),
        ({"value": "−0.3"}, "value: "),
        ({"value": "０.3"}, "value: "),
        ({"value": '"1,234.5"'}, "value: '1,234.5'"),
        ({"value": "4.1%"}, "value: "),
        ({"period_start": "114/01/01"}, "period_start: '114/01/01' is no day"),
        ({"period_start": "2025-02-30"}, "period_start: '2025-02-30' is not in the calendar"),
        ({"released_at": "20250430"}, "released_at: '20250430'"),
        ({"period_end": "2024-12-31"}, "period_end: 2024-12-31 lies before"),
        ({"released_at": "2025-03-30"}, "released_at: 2025-03-30 lies before the end"),
        ({"indicator_id": "us.gdp"}, "indicator_id: 'us.gdp'"),
        ({"unit": "percent"}, "unit: 'percent' is not '%'"),
        ({"vintage": ""}, "vintage: is empty"),
        ({"source": " "}, "source: is empty"),
        ({"source": "a,b"}, "all columns: 9 cells instead of 8"),
    ],
)
def test_a_bad_row_is_named_by_line_and_column_and_nothing_is_imported(changed: dict[str, str], expected: str) -> None:
    (problem,) = problems_of(
        f"{HEADER}\n{GOOD}\n{row(vintage='second', **{})}\n{row(**{'vintage': 'third'} | changed)}\n"
    )
    assert problem.startswith(f"line 4: {expected}")


def test_all_bad_rows_are_named_in_one_go_and_the_message_stays_readable() -> None:
    rows = "\n".join(row(vintage=str(n), value="x") for n in range(25))
    with pytest.raises(InputError) as caught:
        read_observations(f"{HEADER}\n{rows}", name="x.csv")
    assert len(caught.value.context["problems"]) == 25  # type: ignore[arg-type]
    assert caught.value.message.count("\n") == 21
    assert caught.value.message.endswith("… and 5 more")


def test_a_period_and_vintage_that_comes_twice_is_refused_with_the_line_of_the_first() -> None:
    (problem,) = problems_of(f"{HEADER}\n{GOOD}\n{row(value='-0.2')}")
    assert problem == "line 3: vintage: line 2 has this period and vintage already: keep one"


def test_lines_are_counted_as_an_editor_counts_them_though_cells_run_over_several() -> None:
    text = f"{HEADER}\n{row(source=chr(34) + 'two words' + chr(34))}\n{row(vintage='b', value='x')}"
    assert problems_of(text)[0].startswith("line 3: value")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "observations.empty"),
        ("\ufeff", "observations.empty"),
        ("date,value\n2025-01-01,1", "observations.header"),
        (f"{HEADER},note\n{GOOD},x", "observations.header"),
        (f"{HEADER},value\n{GOOD},1", "observations.header"),
        (f'{HEADER}\n{GOOD}\n"unclosed', "observations.rows"),
    ],
)
def test_what_is_not_our_format_is_refused_as_a_whole(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_observations(text, name="x.csv")
    assert caught.value.code == code
    assert "x.csv" in caught.value.message


@given(st.text(max_size=300))
def test_any_text_under_a_good_header_gives_nothing_or_an_error_that_names_the_file(text: str) -> None:
    found: tuple[object, ...] = ()
    message = "x.csv"
    try:
        found = read_observations(f"{HEADER}\n{text}", name="x.csv")
    except InputError as error:
        message = error.message
    assert found == ()
    assert message.startswith("x.csv")


@given(st.text(max_size=300))
def test_any_text_without_our_header_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_observations(text, name="x.csv")


@given(st.decimals(-(10**12), 10**12, places=6))
def test_a_number_comes_back_as_it_was_written(value: Decimal) -> None:
    (found,) = read_observations(f"{HEADER}\n{row(value=f'{value:f}')}", name="x.csv")
    assert found.value == value
