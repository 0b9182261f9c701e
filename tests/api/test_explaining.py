"""Why a claim is what it is and how much it is worth checking, over REST and in a terminal."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rich.console import Console

from api.app import create_app
from api.explaining import RULES
from api.rendering import claim_detail, claims_table, predictions_table, worth_text
from api.service import Ledger
from extract.models.ruling import RULES as HARD_RULES
from schemas.extraction import Refusal
from schemas.graph import NodeLabel, Order, Query
from schemas.text import Document, Publication
from tests.kg.samples import FORECAST

TEXT = """島嶼投顧：明年台股上看25000點

島嶼投顧分析師林大同6月5日表示，台灣明年經濟成長率可望達3.2%，年底前不太可能降息。

林大同並將台積電目標價由1200元上調至1350元。若油價升破90美元，台灣通膨率恐升至2.3%。
"""


@pytest.fixture
def told(empty_ledger: Ledger) -> Ledger:
    publication = Publication(title="展望", publisher="島嶼財經", published=date(2025, 6, 10))
    empty_ledger.ingest(Document(document_id="document-told", text=TEXT, publication=publication))
    return empty_ledger


@pytest.fixture
def client(told: Ledger) -> Iterator[TestClient]:
    with TestClient(create_app(told)) as client:
        yield client


def claim_id(client: TestClient, words: str) -> str:
    items = client.get("/v1/claims", params={"limit": 1000}).json()["items"]
    return next(str(item["claim"]["claim_id"]) for item in items if words in item["claim"]["text"])


def shown(renderable: Any, width: int = 120) -> str:
    console = Console(width=width)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def test_most_worth_checking_comes_first_page_after_page(client: TestClient) -> None:
    first = client.get("/v1/claims", params={"order": "-check_worthiness", "limit": 2}).json()
    more = {"order": "-check_worthiness", "limit": 1000, "cursor": first["next_cursor"]}
    items = first["items"] + client.get("/v1/claims", params=more).json()["items"]
    scores = [item["claim"]["check_worthiness"] for item in items]
    assert scores == sorted(scores, reverse=True)
    assert len({item["claim"]["claim_id"] for item in items}) == len(items) > 2


def test_claims_below_a_score_can_be_left_out(client: TestClient) -> None:
    everything = client.get("/v1/claims", params={"limit": 1000}).json()["items"]
    scores = sorted(item["claim"]["check_worthiness"] for item in everything)
    found = client.get("/v1/claims", params={"min_check_worthiness": scores[-1]}).json()["items"]
    assert {item["claim"]["check_worthiness"] for item in found} == {scores[-1]}
    assert client.get("/v1/claims", params={"min_check_worthiness": 1.5}).status_code == 422


def test_a_claim_shows_each_ground_with_its_exact_words(client: TestClient) -> None:
    detail = client.get(f"/v1/claims/{claim_id(client, '3.2%')}").json()
    grounds = {view["ground"]["part"]: view for view in detail["grounds"]}
    assert set(grounds) == {"kind", "speaker", "period", "target", "window"}
    assert grounds["speaker"]["line"] == "cue 表示 (say)"
    assert "可望" in detail["forecast_words"]["hedges"]
    for view in detail["grounds"]:
        span = view["ground"]["span"]
        assert view["words"] == (TEXT[span["start"] : span["end"]] if span else None)


def test_a_claim_said_on_a_dated_day_is_dated_by_it(client: TestClient) -> None:
    found = client.get("/v1/claims", params={"said_from": "2025-06-05", "said_to": "2025-06-05"}).json()["items"]
    assert [item["claim"]["text"] for item in found if "3.2%" in item["claim"]["text"]]


def test_a_terminal_shows_what_was_revised_how_sure_it_is_and_if_what(told: Ledger, client: TestClient) -> None:
    revised = shown(claim_detail(told.claim(claim_id(client, "1350"))))
    assert "1,200 TWD → 1,350 TWD, up" in revised
    conditional = shown(claim_detail(told.claim(claim_id(client, "2.3%"))))
    assert "若油價升破90美元  (world.oil.price ≥ 90 USD)" in conditional
    assert "possible, 20–80%  (恐)" in conditional
    assert "why kind" in conditional
    assert "worth checking" in conditional


def test_tables_show_worth_with_its_reasons_and_the_figure_that_is_replaced(told: Ledger) -> None:
    page = told.claims(Query(label=NodeLabel.CLAIM, order=Order.CHECK_WORTHINESS))
    assert "figure .25" in shown(claims_table(page.items, width=120, has_worth=True))
    assert "figure" not in shown(claims_table(page.items, width=120))
    assert "(was 1,200 TWD)" in shown(predictions_table(page.items))


def test_a_claim_without_a_score_shows_none() -> None:
    assert worth_text(FORECAST.model_copy(update={"check_worthiness": None})) == ""


def test_every_hard_rule_and_every_refusal_of_a_forecast_has_words_for_an_editor() -> None:
    refusals = {one.value for one in Refusal if one.value.startswith("prediction.")}
    assert {rule.name for rule in HARD_RULES} | refusals <= set(RULES)
