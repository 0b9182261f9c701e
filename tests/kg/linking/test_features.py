"""What speaks for and against two actors being one."""

import pytest

from kg.linking import features
from kg.linking.features import FEATURES, Compare, score_of
from kg.linking.profiles import Profile
from schemas.actor import ActorType
from tests.kg.linking.people import firm, profile


def score(compare: Compare, one: Profile, other: Profile) -> float:
    found = compare(one, other)
    return found.score if found is not None else 0


def total(one: Profile, other: Profile) -> float:
    return score_of(tuple(f for compare in FEATURES if (f := compare(one, other)) is not None))


def test_a_long_name_in_common_says_more_than_a_surname() -> None:
    long = score(features.shares_name, profile("a", "方若蘭"), profile("b", "方若蘭"))
    short = score(features.shares_name, profile("a", "方"), profile("b", "方"))
    assert long > 0.8 > 0.2 > short > 0


def test_a_ticker_in_common_makes_one_company() -> None:
    one, other = firm("a", tickers=frozenset({"9901"})), firm("b", tickers=frozenset({"9901", "XYZ"}))
    assert score(features.shares_ticker, one, other) > 0.8
    assert score(features.shares_ticker, one, firm("c")) == 0


@pytest.mark.parametrize(
    ("one", "other", "is_held"),
    [
        (profile("a", "保羅·科斯比"), profile("b", "科斯比"), True),
        (profile("a", "Paul Cosby"), profile("b", "Cosby"), True),
        (profile("a", "保羅·科斯比"), profile("b", "保羅"), False),
        (profile("a", "Paul Cosby"), profile("b", "by"), False),
        (firm("a", "海星集團"), firm("b", "海星"), True),
        (firm("a", "Seastar Group"), firm("b", "Seastar"), True),
        (firm("a", "Seastars"), firm("b", "Seastar"), False),
        (firm("a", "海星集團"), profile("b", "海星"), False),
    ],
)
def test_a_name_may_be_a_part_of_the_other(one: Profile, other: Profile, is_held: bool) -> None:  # noqa: FBT001
    assert (score(features.name_holds_name, one, other) > 0) is is_held
    assert (score(features.name_holds_name, other, one) > 0) is is_held


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("莫里森", "莫利森", True),
        ("莫里森", "Jane Morrison", True),
        ("简·莫里森", "Jane Morrison", True),
        ("简·莫里森", "莫利森", True),
        ("莫里森", "汉德森", False),
        ("保罗·莫里森", "Jane Morrison", False),
        ("勒庞", "Robinella", False),
        ("Morrison", "Morison", False),
    ],
)
def test_transliterations_of_one_name_sound_alike(one: str, other: str, is_alike: bool) -> None:  # noqa: FBT001
    assert (score(features.sounds_alike, profile("a", one), profile("b", other)) > 0) is is_alike


def test_a_legal_form_says_less_of_another_firm_than_a_trade_or_a_region() -> None:
    whole, trade, region = (
        score(features.name_holds_name, firm("a", "海星"), firm("b", name))
        for name in ("海星集团", "海星银行", "海星南区")
    )
    assert whole > trade > region > 0


def test_pinyin_spells_a_chinese_name() -> None:
    one = profile("a", "方明莉")
    assert score(features.is_spelt_in_pinyin, one, profile("b", "Fang Mingli")) > 0.5
    assert score(features.is_spelt_in_pinyin, one, profile("b", "Fang Ming")) == 0
    assert score(features.is_spelt_in_pinyin, one, firm("b", "Fang Mingli")) == 0


def test_the_same_title_says_more_than_the_same_employer() -> None:
    one = profile("a", jobs=frozenset({("bank", "分析師")}))
    same = profile("b", jobs=frozenset({("bank", "分析師"), ("club", "主席")}))
    colleague = profile("c", jobs=frozenset({("bank", "總裁")}))
    assert score(features.shares_job, one, same) > score(features.shares_job, one, colleague) > 0
    assert score(features.shares_job, one, profile("d")) == 0


def test_colleagues_with_different_names_are_no_pair() -> None:
    jobs = {
        "jobs": frozenset({("bank", "分析師")}),
        "documents": frozenset({"d"}),
        "met_in_claims": frozenset({"bank"}),
    }
    assert total(profile("a", "方若蘭", **jobs), profile("b", "石大川", **jobs)) == 0


def test_company_adds_to_a_name() -> None:
    met = {"documents": frozenset({"d"}), "met_in_claims": frozenset({"x", "y"})}
    alone = total(profile("a", "莫里森"), profile("b", "莫利森"))
    assert total(profile("a", "莫里森", **met), profile("b", "莫利森", **met)) > alone > 0


@pytest.mark.parametrize(
    "doubt", [{"actor_type": ActorType.ORGANISATION}, {"is_provisional": False}], ids=["type", "base"]
)
def test_each_doubt_lowers_the_score(doubt: dict[str, object]) -> None:
    one = profile("a", "方若蘭", is_provisional=False)
    assert total(one, profile("b", "方若蘭", **doubt)) < total(one, profile("b", "方若蘭"))  # type: ignore[arg-type]


def test_a_claim_that_names_both_speaks_against_them() -> None:
    one, beside = profile("a", "方若蘭"), profile("a", "方若蘭", met_in_claims=frozenset({"b"}))
    assert total(beside, profile("b", "方若蘭", met_in_claims=frozenset({"a"}))) < total(one, profile("b", "方若蘭"))


def test_two_of_one_family_name_are_told_apart_by_their_given_names() -> None:
    paul, jane = profile("a", "Paul Morrison", "莫里森"), profile("b", "Jane Morrison", "莫里森")
    assert total(paul, jane) < 0.5 < total(paul, profile("c", "P. Morrison", "莫里森"))
    assert score(features.has_other_full_name, profile("a", "保羅·莫里森"), profile("b", "珍·莫里森")) < 0


@pytest.mark.parametrize("compare", FEATURES, ids=lambda compare: compare.__name__)
def test_a_feature_weighs_the_same_from_both_sides_and_gives_its_reason(compare: Compare) -> None:
    met = {"jobs": frozenset({("bank", "總裁")}), "documents": frozenset({"d"}), "tickers": frozenset({"1"})}
    people = [
        profile("a", "Paul Morrison", met_in_claims=frozenset({"b", "x"}), is_provisional=False, **met),
        profile("b", "莫里森", "Jane Morrison", met_in_claims=frozenset({"a", "x"}), is_provisional=False, **met),
        firm("c", "Paul Morrison"),
        profile("d", "莫利森"),
        profile("e", "Morrison"),
        profile("f", "Morrison"),
        profile("g", "方明莉"),
        profile("h", "Fang Mingli"),
    ]
    found = [(compare(one, other), compare(other, one)) for one in people for other in people if one is not other]
    assert any(one is not None for one, _ in found)
    for one, other in found:
        assert (one and one.score) == (other and other.score)
        assert one is None or (one.reason and one.name == compare.__name__ and -1 < one.score < 1)
