"""What can come of reading a period besides its days."""


class NotAPeriod(Exception):  # noqa: N818 (no error: the caller passes on)
    """The words name no period here (a length that only looks like a year)."""


class NoReference(Exception):  # noqa: N818 (becomes a refusal with its reason)
    """The words are relative, and the document has no date."""


class Ambiguous(Exception):  # noqa: N818 (becomes a refusal with its reason)
    """The words can be read two ways, and nothing decides."""


def check(number: int, greatest: int) -> None:
    """Raise ValueError unless 1 <= number <= greatest: there is no month 13 and no quarter 5."""
    if not 1 <= number <= greatest:
        raise ValueError(f"{number} is not between 1 and {greatest}")
