"""ClaimReview over HTTP: a page's worth of markup for what was decided, nothing for what was not."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyshacl import validate
from rdflib import Graph

from api.app import create_app
from api.service import Ledger
from kg import ledger as records
from schemas.claim import Claim
from schemas.evidence import Verdict, VerdictValue
from schemas.graph import NodeLabel, Query

SHAPES = Path(__file__).parents[2] / "kg" / "rdf" / "markup_shapes.ttl"
NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    with TestClient(create_app(ledger)) as client:
        yield client


def some_claim(ledger: Ledger) -> Claim:
    claims = map(records.claim_of, ledger.store.find(Query(label=NodeLabel.CLAIM)).items)
    return next(claim for claim in claims if claim.attribution.speakers != ("author",))


def judge(ledger: Ledger, claim: Claim, value: VerdictValue, day: date, explanation: str = "與公告不符") -> None:
    verdict = Verdict(
        verdict_id=f"verdict-{day}", claim_id=claim.claim_id, as_of=day, value=value, explanation=explanation
    )
    ledger.store.apply(records.changes_of_verdicts([verdict], store=ledger.store, who="編輯", at=NOW))


def test_the_last_verdict_is_the_review(client: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAOZHENG_SITE", "https://example.org")
    monkeypatch.setenv("KAOZHENG_PUBLISHER", "島嶼查核")
    claim = some_claim(ledger)
    judge(ledger, claim, VerdictValue.SUPPORTED, date(2025, 1, 1))
    judge(ledger, claim, VerdictValue.REFUTED, date(2025, 6, 1))
    answer = client.get(f"/v1/claims/{claim.claim_id}/review")
    assert answer.headers["content-type"] == "application/ld+json"
    review = answer.json()
    assert review["url"] == f"https://example.org/v1/claims/{claim.claim_id}"
    assert review["author"]["name"] == "島嶼查核"
    assert review["claimReviewed"] == claim.text
    assert review["reviewRating"]["alternateName"] == "不實"
    assert review["itemReviewed"]["author"][0]["name"]


def test_the_markup_keeps_to_what_search_engines_require(client: TestClient, ledger: Ledger) -> None:
    claim = some_claim(ledger)
    judge(ledger, claim, VerdictValue.MIXED, date(2025, 1, 1))
    markup = client.get(f"/v1/claims/{claim.claim_id}/review").json()
    local = {**markup, "@context": {"@vocab": "https://schema.org/"}}
    graph = Graph().parse(data=json.dumps(local), format="json-ld")
    assert validate(graph, shacl_graph=Graph().parse(SHAPES), allow_warnings=True)[0]


def test_markup_can_not_end_the_script_it_stands_in(client: TestClient, ledger: Ledger) -> None:
    claim = some_claim(ledger)
    judge(ledger, claim, VerdictValue.REFUTED, date(2025, 1, 1), explanation="</script><script>alert(1)</script>")
    answer = client.get(f"/v1/claims/{claim.claim_id}/review")
    assert "<" not in answer.text
    assert answer.json()["reviewBody"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("claim_id", [None, "claim-nothing"])
def test_what_was_not_decided_has_no_review(client: TestClient, ledger: Ledger, claim_id: str | None) -> None:
    answer = client.get(f"/v1/claims/{claim_id or some_claim(ledger).claim_id}/review")
    assert answer.status_code == 404
    assert answer.json()["code"] == ("claim.unknown" if claim_id else "review.none")
