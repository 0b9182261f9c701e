"""Whose report a document gives, and where the narrator keeps out."""

from extract.attribution import find_frames
from extract.models.features import view_of
from extract.models.stage import NARRATOR, Stage, candidates_at, place_of, stage_of
from schemas.text import Span
from tests.extract.claim_readings import layers_of, read

REPORT = (
    "北海銀行發布年度展望。\n北海銀行指出，出口回溫。訂單不少。\n北海銀行預估，利率走低。\n北海銀行認為，匯價持穩。\n"
)
VOICES = (
    "股市收高。\n北海銀行指出，出口回溫。\n林大中認為，訂單不少。\n南山證券預估，利率走低。\n陳小月說，匯價持穩。\n"
)
INTERVIEW = "記者：景氣如何？\n林大中：出口回溫。訂單不少。\n記者：利率呢？\n林大中：利率走低。庫存偏高。\n"


def stage(text: str) -> Stage:
    reading, layers = read(text), layers_of(text)
    return stage_of(view_of(reading, layers, find_frames(reading, layers.actors)))


def candidates(text: str, words: str) -> list[tuple[str, ...]]:
    here, start = stage(text), text.index(words)
    return list(candidates_at(here, place_of(here, Span(start=start, end=start + len(words)))))


def test_a_document_gives_the_report_of_whom_its_head_names_and_who_speaks_most() -> None:
    assert stage(REPORT).issuer == ("north-sea-bank",)


def test_a_document_of_many_voices_gives_nobodys_report() -> None:
    assert stage(VOICES).issuer is None


def test_the_narrator_keeps_out_of_answers() -> None:
    assert NARRATOR not in candidates(INTERVIEW, "庫存偏高")
    assert NARRATOR in candidates(REPORT, "訂單不少")


def test_no_company_gives_its_own_rating_or_target_price() -> None:
    rated = "南山證券調升評等。北海銀行（2899）獲利創高，目標價三十元，新分行明年開張。"
    assert ("north-sea-bank",) not in candidates(rated, "目標價三十元")
    assert ("north-sea-bank",) in candidates(rated, "新分行明年開張")
