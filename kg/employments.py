"""What texts say of somebody's work for somebody, by date: which titles, and from when to when each was said.

An edge holds three lists of one length: titles, the day of the first text that gives each, and that of the last.
Days are those of publication; "" stands for a text without one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Role:
    """A title that somebody has with an employer, with the days of the first and the last text that say so."""

    title: str
    first_said_on: str = ""
    last_said_on: str = ""

    @classmethod
    def of(cls, title: str, published: date | None) -> "Role":
        """Return the role as one text gives it."""
        day = published.isoformat() if published else ""
        return cls(title, day, day)


def roles_in(data: Mapping[str, JsonValue]) -> Iterator[Role]:
    """Yield the roles of an edge; an edge without days gives roles without days.

    Example:
        >>> [role.title for role in roles_in({"title": "財務長"})]
        ['財務長']
    """
    titles = data.get("titles", [data.get("title")])
    days = [data.get(name) for name in ("first_said_on", "last_said_on")]
    for index, title in enumerate(titles if isinstance(titles, list) else []):
        if isinstance(title, str):
            yield Role(title, *(_at(column, index) for column in days))


def data_of(roles: Iterable[Role]) -> dict[str, JsonValue]:
    """Return the data of an edge for these roles, those of one title joined; the title said last is the one shown.

    Roles may come in any order of their dates: the same roles give the same days, whichever was read first.

    Example:
        >>> old, new = Role("財務長", "2023-05-01", "2023-05-01"), Role("執行長", "2025-01-02", "2025-01-02")
        >>> data = data_of([new, old])
        >>> data["title"], data["said_on"]
        ('執行長', '2025-01-02')
    """
    joined: dict[str, Role] = {}
    for role in roles:
        joined[role.title] = _joined(joined.get(role.title, role), role)
    found = list(joined.values())
    shown = max(found, key=lambda role: role.last_said_on)
    return {
        "title": shown.title,
        "said_on": shown.last_said_on,
        "titles": [role.title for role in found],
        "first_said_on": [role.first_said_on for role in found],
        "last_said_on": [role.last_said_on for role in found],
    }


def _joined(one: Role, other: Role) -> Role:
    days = [day for day in (one.first_said_on, other.first_said_on) if day]
    return Role(one.title, min(days, default=""), max(one.last_said_on, other.last_said_on))


def _at(column: JsonValue, index: int) -> str:
    value = column[index] if isinstance(column, list) and index < len(column) else ""
    return value if isinstance(value, str) else ""
