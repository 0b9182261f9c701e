"""Roles by date: joined by title, in any order of reading, the one said last is shown."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kg.employments import Role, data_of, roles_in

DAYS = st.sampled_from([None, date(2023, 5, 1), date(2024, 2, 29), date(2025, 1, 2)])
ROLES = st.lists(st.builds(Role.of, st.sampled_from(["財務長", "執行長", "董事"]), DAYS), min_size=1, max_size=6)


def by_title(roles: list[Role]) -> dict[str, Role]:
    return {role.title: role for role in roles_in(data_of(roles))}


@given(ROLES)
def test_what_was_written_is_read_back(roles: list[Role]) -> None:
    kept = list(roles_in(data_of(roles)))
    assert list(roles_in(data_of(kept))) == kept


@given(ROLES)
def test_the_order_of_reading_changes_no_day(roles: list[Role]) -> None:
    assert by_title(roles) == by_title(roles[::-1])


@given(ROLES)
def test_reading_the_same_again_adds_nothing(roles: list[Role]) -> None:
    assert data_of([*roles, *roles]) == data_of(roles)


def test_an_edge_written_without_days_keeps_its_titles() -> None:
    assert [role.title for role in roles_in({"titles": ["經理", "董事"]})] == ["經理", "董事"]


def test_broken_days_are_no_days() -> None:
    assert list(roles_in({"titles": ["經理", 3], "first_said_on": "2024"})) == [Role("經理")]
