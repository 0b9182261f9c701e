"""Why a claim is what it is: kind, speaker, period, target, window, each with the words that it rests on."""

from datetime import date

from extract.periods import tag_periods
from extract.propositions import Layers, claims_of
from extract.quantities import tag_quantities
from schemas.claim import Claim, ClaimKind
from schemas.explanation import Ground, Origin, Part
from schemas.extraction import Refusal
from tests.extract.claim_readings import actors_in, read


def claims(text: str) -> tuple[Claim, ...]:
    """Return the claims of a text published on 2024-05-06, by rules alone."""
    reading = read(text)
    periods, _ = tag_periods(reading)
    quantities, _ = tag_quantities(reading, periods)
    found, _ = claims_of(reading, Layers(quantities, periods, actors_in(text)))
    return found


def claim_with(text: str, words: str) -> Claim:
    return next(claim for claim in claims(text) if words in claim.text)


def ground(text: str, words: str, part: Part) -> tuple[Origin, str, str | None]:
    """Return where a part of the claim with these words comes from, by which rule, resting on which words."""
    found: Ground = next(one for one in claim_with(text, words).explanation if one.part is part)
    return found.origin, found.rule, found.span.of(text) if found.span else None


def test_every_claim_says_what_decided_its_kind_and_its_speaker() -> None:
    text = "林大中表示，明年房價會下跌。\n成交也在減少，量縮三成。"
    for claim in claims(text):
        parts = [one.part for one in claim.explanation]
        assert parts[:2] == [Part.KIND, Part.SPEAKER]
        assert claim.explanation[0].margin is not None


def test_a_speaker_rests_on_the_cue() -> None:
    assert ground("林大中表示，房價會下跌。", "房價", Part.SPEAKER) == (Origin.CUE, "say", "表示")


def test_a_speaker_under_a_label_rests_on_the_label() -> None:
    origin, rule, words = ground("北海銀行：房價明年會下跌\n\n成交縮了三成。", "房價", Part.SPEAKER)
    assert (origin, rule) == (Origin.CUE, "label")
    assert words is not None
    assert words.startswith("北海銀行")


def test_a_speaker_who_goes_on_is_carried_over_from_the_cue_before() -> None:
    text = "林大中表示，房價會下跌。這將拖累銀行獲利。"
    assert ground(text, "銀行", Part.SPEAKER) == (Origin.CARRIED, "speaker", "表示")


def test_what_nobody_says_is_the_narrators() -> None:
    assert ground("房價去年下跌三成。", "房價", Part.SPEAKER) == (Origin.DEFAULT, "narrator", None)


def test_a_relative_period_counts_from_publication_or_from_the_dated_statement() -> None:
    assert ground("明年房價會下跌。", "房價", Part.PERIOD) == (Origin.STATED, "publication", "明年")
    assert ground("2026年房價會下跌。", "房價", Part.PERIOD) == (Origin.STATED, "absolute", "2026年")
    text = "林大中4月2日表示，未來三年房價會下跌。"
    assert ground(text, "房價", Part.PERIOD) == (Origin.CARRIED, "statement", "4月2日")
    assert ground("林大中4月2日表示，明年房價會下跌。", "房價", Part.PERIOD) == (Origin.STATED, "publication", "明年")


def test_a_part_of_a_year_rests_on_the_year_that_its_sentence_names() -> None:
    text = "林大中表示，明年景氣會慢慢回溫，年底失業率將降至3%。"
    assert ground(text, "失業率", Part.PERIOD) == (Origin.CARRIED, "sentence", "明年")
    assert ground("林大中表示，年底失業率將降至3%。", "失業率", Part.PERIOD) == (Origin.STATED, "publication", "年底")


def test_the_day_of_a_dated_statement_is_when_it_was_said() -> None:
    assert claim_with("林大中4月2日表示，房價會下跌。", "房價").said_on == date(2024, 4, 2)
    assert claim_with("林大中表示，房價會下跌。", "房價").said_on == date(2024, 5, 6)


def test_target_and_window_that_are_carried_over_name_the_words_they_come_from() -> None:
    text = "林大中預估，美國失業率今年達4.1%。明年將達4.5%。"
    assert ground(text, "4.5%", Part.TARGET) == (Origin.CARRIED, "unemployment.rate", "失業率")
    assert ground(text, "4.5%", Part.WINDOW) == (Origin.STATED, "stated", "明年")


def test_spans_of_an_explanation_lie_in_the_text() -> None:
    text = "林大中4月2日表示，若油價漲到90美元，美國通膨率明年恐升至4%。這將拖累股市。"
    for claim in claims(text):
        assert all(one.span.end <= len(text) for one in claim.explanation if one.span)


def test_a_forecast_that_nothing_could_prove_says_why_not() -> None:
    text = "明年失業率將會公布在即，料會有變化。"
    refused = [c for c in claims(text) if c.kind is ClaimKind.PREDICTION]
    settling = [one.rule for c in refused for one in c.explanation if one.part is Part.SETTLING]
    assert settling == [Refusal.PREDICTION_NO_OUTCOME.value]
    assert not [one for one in claim_with("明年房價會下跌。", "房價").explanation if one.part is Part.SETTLING]
