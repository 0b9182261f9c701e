"""Round trips: values in many spellings come back exactly, with every unit; noise is read through in one pass."""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities import tag_quantities
from extract.quantities.grammar import read_amounts
from extract.quantities.units import ClassifierList, CurrencyList, UnitList, UnitWords, unit_book
from extract.reading import Reading
from schemas.text import Document, Locale, Publication
from tests.extract.quantities.reading_numerals import parse_numeral
from tests.extract.quantities.spelling import SPELLINGS, values

NUMBERS = 100_000
UNITS = [(entry, word) for entry in load("units", UnitList).units for word in entry.spellings]
MONEY = [(code, name) for code, entry in load("currencies", CurrencyList).currencies.items() for name in entry.names]
COUNTED = load("classifiers", ClassifierList)

positive = st.decimals(min_value="0.01", max_value="9999999", places=2).filter(lambda value: value > 0)


def test_a_hundred_thousand_numbers_come_back_from_every_spelling() -> None:
    choice = random.Random(1)  # noqa: S311 (a seed makes it repeatable)
    wrong = []
    for value in values(NUMBERS):
        for spell in choice.sample(SPELLINGS, 2):
            text = spell(value)
            if parse_numeral(shadow_of(text)) != value:
                wrong.append((value, spell.__name__, text))
    assert wrong[:20] == []


@pytest.mark.parametrize(("entry", "word"), UNITS, ids=[word for _, word in UNITS])
@settings(max_examples=20, deadline=None)
@given(value=positive)
def test_an_amount_with_a_unit_comes_back(entry: UnitWords, word: str, value: Decimal) -> None:
    (amount,) = read_amounts(f"计{value}{shadow_of(word)}。", unit_book(Locale.TAIWAN))
    scale = Decimal("0.1") if entry.digits and value > 10 else Decimal(1)
    assert amount.low == amount.high == value * entry.factor * scale
    assert amount.unit_name == entry.unit


@pytest.mark.parametrize(("code", "name"), MONEY, ids=[name for _, name in MONEY])
@settings(max_examples=10, deadline=None)
@given(value=positive)
def test_an_amount_of_money_comes_back(code: str, name: str, value: Decimal) -> None:
    (amount,) = read_amounts(f"付{value}亿{shadow_of(name)}。", unit_book(Locale.MAINLAND))
    assert (amount.low, amount.unit_name) == (value * 10**8, code)


@pytest.mark.parametrize("word", [*COUNTED.plain, *COUNTED.events])
@settings(max_examples=10, deadline=None)
@given(value=st.integers(min_value=2, max_value=10**9))
def test_a_count_comes_back(word: str, value: int) -> None:
    (amount,) = read_amounts(f"有{value:,}{shadow_of(word)}。", unit_book(Locale.HONG_KONG))
    assert (amount.low, amount.unit_name) == (value, "count")


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(
        alphabet=st.sampled_from(
            "0123456789,.，-–%％零一二三十百千萬億兆點半成厘碼元年月個家至到～、()（）連破約逾abk$¥ \n"
        ),
        max_size=60,
    )
)
def test_any_jumble_gives_spans_inside_the_text_in_order(text: str) -> None:
    document = Document(document_id="jumble", text=text, publication=Publication(published=date(2025, 3, 20)))
    tags, skipped = tag_quantities(Reading(document=document, shadow=shadow_of(text)), ())
    ends = [0, *(tag.span.end for tag in tags)]
    assert all(end <= tag.span.start < tag.span.end <= len(text) for end, tag in zip(ends, tags, strict=False))
    assert all(0 <= item.span.start <= item.span.end <= len(text) for item in skipped)


@pytest.mark.parametrize(
    ("noise", "length"),
    [(noise, 1_000_000) for noise in ("9", "億", ",", "(", "一", "半", "每", "至", "-", "元", "萬 ", "分之")]
    + [(noise, 50_000) for noise in ("1,111,", "3至", "5、", "-5%", "逾3元")],
)
def test_noise_of_any_sort_is_tagged_in_one_pass(noise: str, length: int) -> None:
    text = noise * (length // len(noise))
    document = Document(document_id="noise", text=text)
    tags, _ = tag_quantities(Reading(document=document, shadow=shadow_of(noise) * (length // len(noise))), ())
    assert all(tag.span.end <= len(text) for tag in tags)
