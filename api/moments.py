"""Moments to look back to, as users write them."""

from datetime import UTC, datetime, time

from schemas.errors import InputError


def parse_moment(text: str | None) -> int | datetime | None:
    """Return the moment that a text names: a change by its number, a point in time, or the end of a day in UTC.

    Raises:
        InputError: it is none of these, code "option.as_of".

    Example:
        >>> parse_moment("1200")
        1200
        >>> parse_moment("2025-03-20").isoformat()
        '2025-03-20T23:59:59.999999+00:00'
        >>> parse_moment("2025-03-20T12:00+08:00").isoformat()
        '2025-03-20T12:00:00+08:00'
    """
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "option.as_of",
            f"{text} is no moment: give a day (2025-03-20), a time with its zone, or a number of the log",
        ) from error
    return datetime.combine(moment, time.max, UTC) if len(text) <= len("2025-03-20") else moment
