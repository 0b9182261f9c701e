import pytest

from extract.lexicon import parse
from extract.periods.lexicon import PeriodWords, alternatives, words
from extract.periods.scanning import scan
from extract.periods.vocabulary import meanings
from schemas.errors import DomainError


def test_every_word_of_the_lexicon_is_found_by_the_scan() -> None:
    unfound = []
    for word, meaning in meanings().items():
        found = list(scan(word))
        if not found or found[0].start != 0 or found[0].kind is not meaning.kind:
            unfound.append(word)
    assert unfound == []


def test_a_name_that_looks_like_a_period_is_passed_over() -> None:
    assert [name for name in words().names if list(scan(name))] == []


def test_a_word_that_stands_in_two_groups_is_refused_with_both_named() -> None:
    broken = words().model_dump_json().replace('"上月":', '"去年":')
    with pytest.raises(DomainError, match="去年 stands in years and in months"):
        parse(broken, PeriodWords, name="periods")


def test_alternatives_prefer_the_longer_word() -> None:
    import re

    pattern = re.compile(alternatives(["上周末", "上周", "上"]))
    assert [pattern.match(text)[0] for text in ("上周末", "上周一", "上月")] == ["上周末", "上周", "上"]  # type: ignore[index]
