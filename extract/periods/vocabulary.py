"""The words of the lexicon as atoms in waiting: one table from word to meaning."""

from collections.abc import Iterator
from functools import cache

from extract.periods.atoms import Basis, Kind, Meaning
from extract.periods.lexicon import Based, PeriodWords, words

_STEPPED = (
    (Kind.YEAR, "years"),
    (Kind.FISCAL, "fiscal_years"),
    (Kind.HALF, "halves"),
    (Kind.QUARTER, "quarters"),
    (Kind.MONTH, "months"),
    (Kind.WEEK, "weeks"),
    (Kind.RELATIVE_DAY, "days"),
)


@cache
def meanings() -> dict[str, Meaning]:
    """Return what each word of `periods.yaml` stands for.

    Example:
        >>> meanings()["去年"].low, meanings()["上半年"].kind.value
        (-1, 'half')
    """
    lexicon = words()
    return {
        **dict(_single_words(lexicon)),
        **{word: meaning for kind, name in _STEPPED for word, meaning in _stepped(kind, getattr(lexicon, name))},
    }


def _stepped(kind: Kind, based: Based) -> Iterator[tuple[str, Meaning]]:
    for basis, table in (
        (Basis.PUBLICATION, based.publication),
        (Basis.PASSAGE, based.passage),
        (Basis.ABSOLUTE, based.number),
    ):
        for word, steps in table.items():
            detail = "fiscal" if kind is Kind.HALF and ("财年" in word or "年度" in word) else ""
            detail = "whole" if kind is Kind.WEEK and word.startswith("全") else detail
            yield word, Meaning(kind, steps, steps, basis, detail)


def _single_words(lexicon: PeriodWords) -> Iterator[tuple[str, Meaning]]:
    for word, (low, high) in lexicon.year_pairs.items():
        yield word, Meaning(Kind.YEAR, low, high, Basis.PUBLICATION)
    for kind, table in (
        (Kind.YEAR, lexicon.named_years),
        (Kind.SEASON, lexicon.seasons),
        (Kind.TEN_DAYS, lexicon.ten_days),
    ):
        for word, number in table.items():
            yield word, Meaning(kind, number, number)
    for index, animal in enumerate(lexicon.zodiac):
        yield f"{animal}年", Meaning(Kind.LUNAR_YEAR, index, index, Basis.PUBLICATION)
    yield from _feasts_and_parts(lexicon)
    yield from _whole_words(lexicon)


def _feasts_and_parts(lexicon: PeriodWords) -> Iterator[tuple[str, Meaning]]:
    for calendar in ("gregorian", "lunar"):
        for word, (month, day) in getattr(lexicon.feasts, calendar).items():
            yield word, Meaning(Kind.FEAST, month, day, detail=calendar)
    for granularity in ("year", "month", "quarter"):
        for word, part in getattr(lexicon.parts, f"of_{granularity}").items():
            yield word, Meaning(Kind.PART, detail=f"{granularity}.{part}")


def _whole_words(lexicon: PeriodWords) -> Iterator[tuple[str, Meaning]]:
    """Yield the words that are a period alone, and those that make one of a length; some are both."""
    for detail, group in lexicon.open.items():
        for word in group:
            yield word, Meaning(Kind.OPEN, detail=detail)
    for detail in ("future", "past", "this"):
        for word in getattr(lexicon.prefixes, detail):
            is_open = word in lexicon.open["future"] or word in lexicon.open["recent"]
            yield word, Meaning(Kind.PREFIX, low=float(is_open), detail=detail)
