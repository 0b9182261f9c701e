import pytest

from kg.indicators import Family, catalogue, read_catalogue
from schemas.errors import InputError

INDICATOR = """
  - {indicator_id: a, title: A, title_zh: 甲, unit: "%", frequency: daily, publisher: P, source_url: "https://a.example"}
"""
RULE = "\n  - {rule_id: a/1, family: path, statement: s, targets: [x.a], indicator_ids: [a], gap_days: 5}\n"


def catalogue_text(indicators: str = INDICATOR, rules: str = RULE) -> str:
    return f"indicators:{indicators}rules:{rules}"


def test_each_rule_of_ours_reads_series_that_list_its_targets() -> None:
    known = catalogue()
    for rule in known.rules:
        for indicator in known.indicators_of(rule):
            assert set(rule.targets) <= set(indicator.targets)


@pytest.mark.parametrize(
    ("target", "family"),
    [
        ("us.gdp.growth", Family.FIGURE),
        ("us.treasury.10y", Family.PATH),
        ("us.fed-funds.rate", Family.POLICY_RATE),
        ("us.fed-funds.cuts", Family.MOVES),
        ("us.recession", Family.STATE),
    ],
)
def test_the_first_series_settle_their_targets(target: str, family: Family) -> None:
    rule = catalogue().rule_for(target)
    assert rule is not None
    assert rule.family is family


def test_a_target_below_or_above_a_known_one_is_not_settled_by_its_rule() -> None:
    assert catalogue().rule_for("us.treasury.10y.surge") is None
    assert catalogue().rule_for("us.treasury") is None


def test_the_digest_follows_the_rules_and_not_the_titles() -> None:
    plain = read_catalogue(catalogue_text())
    retitled = read_catalogue(catalogue_text().replace("title: A,", "title: Another,"))
    stricter = read_catalogue(catalogue_text().replace("gap_days: 5", "gap_days: 4"))
    assert plain.digest == retitled.digest != stricter.digest


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("indicators: [", "catalogue.malformed", "no valid YAML"),
        ("[]", "catalogue.malformed", "dictionary"),
        (catalogue_text(rules=" [{rule_id: a/1}]"), "catalogue.malformed", "rules.0.family"),
        (catalogue_text().replace("frequency: daily", "frequency: hourly"), "catalogue.malformed", "frequency"),
        (
            catalogue_text(INDICATOR + INDICATOR.strip("\n") + "\n"),
            "catalogue.inconsistent",
            "indicator a stands 2 times",
        ),
        (catalogue_text(rules=RULE + RULE.lstrip("\n")), "catalogue.inconsistent", "target x.a stands 2 times"),
        (catalogue_text().replace("indicator_ids: [a]", "indicator_ids: [b]"), "catalogue.inconsistent", "indicator b"),
        (catalogue_text().replace(", gap_days: 5", ""), "catalogue.inconsistent", "needs gap_days"),
        (catalogue_text().replace("family: path", "family: moves"), "catalogue.inconsistent", "move: up"),
        (catalogue_text().replace("gap_days: 5", "gap_days: 5, move: up"), "catalogue.inconsistent", "move: up"),
        (
            catalogue_text()
            .replace("indicator_ids: [a]", "indicator_ids: [a, a]")
            .replace("family: path", "family: figure"),
            "catalogue.inconsistent",
            "two series of one frequency",
        ),
        (
            catalogue_text().replace("indicator_ids: [a]", "indicator_ids: [a, a]"),
            "catalogue.inconsistent",
            "reads one series",
        ),
        (
            catalogue_text(
                INDICATOR + INDICATOR.strip("\n").replace("id: a,", "id: b,").replace('"%"', "USD") + "\n"
            ).replace("[a]", "[a, b]"),
            "catalogue.inconsistent",
            "mixes the units %, USD",
        ),
        (
            catalogue_text(INDICATOR.replace('unit: "%"', 'targets: [x.b], unit: "%"')),
            "catalogue.inconsistent",
            "lists targets",
        ),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused_with_what_to_mend(text: str, code: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_catalogue(text, name="mine.yaml")
    assert caught.value.code == code
    assert "mine.yaml" in caught.value.message
    assert told in caught.value.message
