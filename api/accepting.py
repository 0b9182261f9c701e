"""The header Accept: which media types a client takes, and which it likes best (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable


def accepted_types(headers: Iterable[str]) -> list[str]:
    """Return media types and ranges, the dearest first, without those that are refused (`q=0`).

    What is equally dear stands as it was sent, the finer before the wider. A weight that is no number counts as 1.

    Example:
        >>> accepted_types(["text/csv;q=0.5, application/json, */*;q=0.1, text/html;q=0"])
        ['application/json', 'text/csv', '*/*']
    """
    found: list[tuple[float, int, str]] = []
    for piece in ",".join(headers).split(","):
        media_type, *parameters = (part.strip().lower() for part in piece.split(";"))
        weight = next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if media_type and weight > 0:
            found.append((-weight, media_type.count("*"), media_type))
    return [media_type for _, _, media_type in sorted(found, key=lambda one: one[:2])]


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
