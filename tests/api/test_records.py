"""What is due, and what speakers' forecasts came to, in the service, over REST and on the command line."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.figures import observations_in
from api.service import Ledger
from schemas.errors import NotFoundError
from schemas.evidence import Outcome
from tests.api.commands import WIRE, kaozheng

OBSERVATIONS = Path(__file__).parents[2] / "fixtures" / "observations"
DAY = date(2026, 1, 5)


@pytest.fixture
def settled(ledger: Ledger) -> Ledger:
    for path in sorted(OBSERVATIONS.glob("*.csv")):
        ledger.import_observations(observations_in(path))
    ledger.resolve(DAY)
    return ledger


@pytest.fixture
def client(settled: Ledger) -> Iterator[TestClient]:
    with TestClient(create_app(settled)) as client:
        yield client


def test_every_prediction_is_due_until_it_is_resolved(ledger: Ledger) -> None:
    predictions = [claim.claim_id for claim in ledger.predictions()]
    assert predictions
    assert [due.claim.claim_id for due in ledger.due(DAY)] == predictions
    assert len(ledger.resolve(DAY, only_due=True).resolutions) == len(predictions)
    assert len(ledger.resolve(DAY, only_due=True).resolutions) == 0
    assert len(ledger.resolve(DAY).resolutions) == len(predictions)


def test_what_is_due_is_resolved_as_all_of_it_would_be(settled: Ledger) -> None:
    later = date(2026, 10, 5)
    due = settled.resolve(later, only_due=True)
    everything = {r.claim_id: r for r in settled.resolve(later).resolutions}
    assert all(everything[r.claim_id] == r for r in due.resolutions)
    known = {r.claim_id: r.outcome for r in settled.outcomes() if r.as_of == DAY}
    untouched = set(known) - {r.claim_id for r in due.resolutions}
    assert all(everything[claim_id].outcome is known[claim_id] for claim_id in untouched)


def test_a_record_counts_every_question_of_its_speaker(settled: Ledger) -> None:
    view = settled.records(as_of=DAY)
    assert [record.groups for record in view.items] == sorted((r.groups for r in view.items), reverse=True)
    assert all(sum(record.outcomes.values()) == record.groups for record in view.items)
    assert set(view.names) == {record.speaker_id for record in view.items}
    assert not [name for name in view.names.values() if name.startswith("author:")]
    assert any(Outcome.FALSE in record.outcomes for record in view.items)


def test_before_the_day_of_an_outcome_a_question_is_open(settled: Ledger) -> None:
    view = settled.records(as_of=date(2026, 1, 4))
    assert {outcome for record in view.items for outcome in record.outcomes} == {Outcome.PENDING}


def test_records_are_read_over_rest_for_all_and_for_one(client: TestClient) -> None:
    everybody = client.get("/v1/records", params={"as_of": str(DAY)}).json()
    assert everybody["as_of"] == str(DAY)
    first = everybody["items"][0]
    one = client.get("/v1/records", params={"as_of": str(DAY), "actor_id": first["speaker_id"]}).json()
    assert one["items"] == [first]
    missing = client.get("/v1/records", params={"actor_id": "nobody-at-all"})
    assert (missing.status_code, missing.json()["code"]) == (404, "actor.unknown")


def test_only_what_is_due_is_resolved_over_rest(client: TestClient) -> None:
    report = client.post("/v1/resolutions", json={"as_of": str(DAY), "only_due": True}).json()
    assert report["resolutions"] == []


def test_an_actor_that_nobody_knows_has_no_record(settled: Ledger) -> None:
    with pytest.raises(NotFoundError, match="there is no actor nobody-at-all"):
        settled.records(actor_id="nobody-at-all")


def test_records_and_what_is_due_are_shown_on_the_command_line(tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    kaozheng("ingest", WIRE, store=store)
    assert kaozheng("resolve", "--as-of", DAY, "--due", store=store).returncode == 0
    again = kaozheng("resolve", "--as-of", DAY, "--due", store=store)
    assert again.returncode == 0, again.stderr
    assert "nothing is due by 2026-01-05" in again.stderr
    told = json.loads(kaozheng("records", "--as-of", DAY, "--format", "json", store=store).stdout)
    shown = kaozheng("records", "--as-of", DAY, "--limit", "1", store=store)
    assert shown.returncode == 0, shown.stderr
    assert told["names"][told["items"][0]["speaker_id"]] in shown.stdout
    assert f"{len(told['items'])} in all" in shown.stdout
