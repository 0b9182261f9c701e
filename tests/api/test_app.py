"""The REST service in one process, over a real store."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import VERSION
from api.app import create_app
from api.service import Ledger

ARTICLE = (Path(__file__).parents[2] / "fixtures" / "articles" / "gloomy-commentary.md").read_text(encoding="utf-8")


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    with TestClient(create_app(ledger)) as client:
        yield client


def submission(text: str, **publication: str) -> dict[str, object]:
    return {"text": text, "media_type": "text/markdown", "publication": publication}


def test_every_quotation_is_the_exact_slice_of_the_published_text(client: TestClient) -> None:
    document_id = client.get("/v1/documents").json()["items"][0]["document_id"]
    text = client.get(f"/v1/documents/{document_id}").json()["text"]
    claims = client.get("/v1/claims", params={"document_id": document_id, "limit": 1000}).json()["items"]
    assert claims
    for view in claims:
        span = view["claim"]["span"]
        assert text[span["start"] : span["end"]] == view["claim"]["text"]


def test_an_article_is_new_once_and_known_afterwards(client: TestClient) -> None:
    body = submission(ARTICLE, published="2024-03-08")
    first, second = client.post("/v1/documents", json=body), client.post("/v1/documents", json=body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["document_id"] == second.json()["document_id"]
    assert first.json()["claims"] == second.json()["claims"] > 0
    assert client.get(first.headers["Location"]).json()["text"] == ARTICLE


def test_claims_can_be_asked_for_by_speaker(client: TestClient) -> None:
    claims = client.get("/v1/claims", params={"limit": 1000}).json()["items"]
    speakers = {s["actor_id"]: s["name"] for view in claims for s in view["speakers"]}
    some = next(actor_id for actor_id, name in speakers.items() if name == "葉承熹")
    found = client.get("/v1/claims", params={"actor_id": some}).json()["items"]
    assert found
    assert {s["actor_id"] for view in found for s in view["speakers"]} == {some}


def test_predictions_are_claims_that_say_what_would_prove_them(client: TestClient) -> None:
    items = client.get("/v1/predictions", params={"limit": 1000}).json()["items"]
    assert items
    assert all(view["claim"]["prediction"]["target"]["target_id"] for view in items)


def test_pages_follow_each_other_without_gap_or_repeat(client: TestClient) -> None:
    whole = [v["claim"]["claim_id"] for v in client.get("/v1/claims", params={"limit": 1000}).json()["items"]]
    paged: list[str] = []
    cursor = None
    while True:
        page = client.get("/v1/claims", params={"limit": 4} | ({"cursor": cursor} if cursor else {})).json()
        paged += [v["claim"]["claim_id"] for v in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == whole


def test_text_is_found_in_either_script(client: TestClient) -> None:
    traditional = client.get("/v1/claims", params={"text": "毛利率"}).json()["items"]
    simplified = client.get("/v1/claims", params={"text": "关税税率"}).json()["items"]
    assert any("毛利率" in v["claim"]["text"] for v in traditional)
    assert any("關稅稅率" in v["claim"]["text"] for v in simplified)


def test_a_claim_shows_its_passage_and_its_history(client: TestClient) -> None:
    claim = client.get("/v1/claims").json()["items"][3]["claim"]
    detail = client.get(f"/v1/claims/{claim['claim_id']}").json()
    assert detail["passage"]["quote"] == claim["text"]
    assert [logged["change"]["who"] for logged in detail["history"]] == [f"kaozheng {VERSION} (test)"]


def test_resolving_twice_records_nothing_new(client: TestClient) -> None:
    first = client.post("/v1/resolutions", json={"as_of": "2026-01-01"}).json()
    recorded = client.get("/v1/resolutions", params={"limit": 1000}).json()["items"]
    second = client.post("/v1/resolutions", json={"as_of": "2026-01-01"}).json()
    assert first == second
    assert len(first["resolutions"]) == sum(first["outcomes"].values()) == sum(first["reasons"].values()) > 0
    assert client.get("/v1/resolutions", params={"limit": 1000}).json()["items"] == recorded
    assert all(r["reason"] and r["explanation"] for r in recorded)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/v1/claims/claim-nothing", None, 404, "claim.unknown"),
        ("GET", "/v1/documents/none", None, 404, "document.unknown"),
        ("GET", "/v1/actors/nobody-at-all", None, 404, "actor.unknown"),
        ("GET", "/v1/nowhere", None, 404, "path.unknown"),
        ("PUT", "/v1/claims", None, 405, "method.not_allowed"),
        ("GET", "/v1/claims?kind=lie", None, 422, "request.invalid"),
        ("GET", "/v1/claims?colour=red", None, 422, "request.invalid"),
        ("GET", "/v1/claims?limit=0", None, 422, "request.invalid"),
        ("GET", "/v1/claims?cursor=made-up", None, 422, "store.cursor"),
        ("GET", "/v1/claims?published_from=soon", None, 422, "request.invalid"),
        ("POST", "/v1/documents", {"text": ""}, 422, "document.empty"),
        ("POST", "/v1/documents", {"text": " \n\u3000"}, 422, "document.empty"),
        ("POST", "/v1/documents", {"text": "Not one Chinese character."}, 422, "document.no_chinese"),
        ("POST", "/v1/documents", {"text": "台股" * 5_000_000}, 413, "document.too_large"),
        ("POST", "/v1/resolutions", {"as_of": "2026-13-01"}, 422, "request.invalid"),
    ],
)  # fmt: skip
def test_a_bad_request_is_a_problem_with_a_code(
    client: TestClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    answer = client.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_text_that_is_refused_is_named_in_the_answer(client: TestClient) -> None:
    answers = [client.post("/v1/documents", json={"text": text}).json()["detail"] for text in ("", "no Chinese")]
    assert answers == [
        "the text is empty: give one with Chinese text",
        "the text holds no Chinese character: give a Chinese text",
    ]


def test_half_a_character_in_json_is_refused(client: TestClient) -> None:
    answer = client.post(
        "/v1/documents", content=b'{"text": "\\ud800 \xe5\x8f\xb0"}', headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_refused_article_leaves_nothing_behind(client: TestClient) -> None:
    before = client.get("/healthz").json()["counts"]
    client.post("/v1/documents", json={"text": "no Chinese"})
    assert client.get("/healthz").json()["counts"] == before


def test_openapi_names_every_collection(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/v1/documents", "/v1/claims", "/v1/actors", "/v1/predictions", "/v1/resolutions", "/healthz",
    } <= set(paths)  # fmt: skip


def test_the_page_to_try_it_on_needs_no_other_server(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    sources = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert any("swagger-ui" in source for source in sources)
    assert all(client.get(source).status_code == 200 for source in sources)


@pytest.mark.parametrize("path", ["/neo4j/guide.html", "/neo4j/style.grass"])
def test_neo4j_browser_may_fetch_guide_and_style(client: TestClient, path: str) -> None:
    asked = {"origin": "http://127.0.0.1:7474", "access-control-request-method": "GET"}
    preflight = client.options(path, headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    answer = client.get(path, headers={"origin": "http://127.0.0.1:7474"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Claim" in answer.text


def test_another_origin_may_not_write(client: TestClient) -> None:
    asked = {"origin": "http://elsewhere.example", "access-control-request-method": "POST"}
    assert client.options("/v1/resolutions", headers=asked).status_code == 400
