"""The ledger as it was, and what is due or judged, by commands as users run them and over REST."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.composition import Access, extract, now, open_ledger
from api.service import REPLAYED, Ledger
from api.settings import StoreLocation
from extract.normalize import shadow_of
from kg.store.sqlite import open_sqlite
from schemas.errors import InputError
from schemas.evidence import Outcome
from tests.api.commands import kaozheng
from tests.contracts.fake_store import FakeStore
from tests.contracts.graphs import NOON, actor, claim, create, document, replace, resolution, year

BEFORE, AFTER = (claim("claim-1", text, speakers=("fed",), target="us.rate", window=year(2025)) for text in "降升")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("as-of") / "ledger.db"
    open_claim = claim("claim-2", "減", speakers=("fed",), target="us.rate", window=year(2025), start=5)
    with open_sqlite(path, fold=shadow_of) as opened:
        opened.apply(create(document(), actor("fed", "聯準會"), BEFORE, open_claim))
        opened.apply([replace(BEFORE, AFTER, at=NOON + timedelta(days=2))])
        opened.apply(create(resolution("r-1", "claim-1", Outcome.TRUE, date(2026, 1, 5)), at=NOON + timedelta(days=3)))
    return path


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    with open_ledger(StoreLocation(str(store), "a test"), who="test", access=Access.READ) as ledger:
        yield TestClient(create_app(ledger))


class LongStore(FakeStore):
    """A store that says of itself that its log is long."""

    @property
    def last_sequence(self) -> int:
        return REPLAYED + 1


def texts(store: Path, *options: str) -> list[str]:
    done = kaozheng("claims", "--format", "json", *options, store=store)
    assert done.returncode == 0, done.stderr
    return [view["claim"]["text"] for view in json.loads(done.stdout)["items"]]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("3", ["降"]),
        ("2026-01-01", []),
        ("2026-01-02", ["降", "減"]),
        ("2026-01-04T20:00+08:00", ["升", "減"]),
        ("2026-01-04T19:59+08:00", ["降", "減"]),
    ],
)
def test_claims_are_listed_as_they_were(store: Path, moment: str, expected: list[str]) -> None:
    assert texts(store, "--as-of", moment) == expected


def test_a_claim_is_shown_as_it_was(store: Path) -> None:
    shown = [
        json.loads(kaozheng("show", "claim-1", "--format", "json", *options, store=store).stdout)
        for options in ((), ("--as-of", "4"))
    ]
    assert [detail["claim"]["text"] for detail in shown] == ["升", "降"]
    assert [len(detail["resolutions"]) for detail in shown] == [1, 0]


def test_claims_are_listed_and_shown_as_they_were_over_rest(client: TestClient) -> None:
    listed = client.get("/v1/claims", params={"as_of": "2026-01-04T19:59+08:00"}).json()
    assert [view["claim"]["text"] for view in listed["items"]] == ["降", "減"]
    first = client.get("/v1/claims", params={"as_of": "5", "limit": 1}).json()
    second = client.get("/v1/claims", params={"as_of": "5", "limit": 1, "cursor": first["next_cursor"]}).json()
    assert [view["claim"]["text"] for page in (first, second) for view in page["items"]] == ["升", "減"]
    shown = [client.get("/v1/claims/claim-1", params=then).json() for then in ({}, {"as_of": "4"})]
    assert [(detail["claim"]["text"], len(detail["resolutions"])) for detail in shown] == [("升", 1), ("降", 0)]
    early = client.get("/v1/claims/claim-1", params={"as_of": "2026-01-01"})
    assert (early.status_code, early.json()["code"]) == (404, "claim.unknown")
    predictions = client.get("/v1/predictions", params={"as_of": "3"}).json()
    assert [view["claim"]["text"] for view in predictions["items"]] == ["降"]


@pytest.mark.parametrize(
    ("moment", "code"), [("soon", "option.as_of"), ("2026-01-04T19:59", "store.moment"), ("-1", "option.as_of")]
)
def test_a_moment_that_is_none_is_refused_over_rest(client: TestClient, moment: str, code: str) -> None:
    refused = client.get("/v1/claims", params={"as_of": moment})
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_a_log_too_long_to_replay_for_one_question_is_refused_with_another_way() -> None:
    ledger = Ledger(LongStore(fold=str), extract=extract, clock=now, who="test")
    for moment in (REPLAYED + 1, NOON):
        with pytest.raises(InputError, match="kaozheng claims --as-of") as refused, ledger.at(moment):
            pass
        assert refused.value.code == "store.past_too_long"


@pytest.mark.parametrize("moment", ["soon", "2026-13-01", "2026-01-04T19:59", "-1"])
def test_a_moment_that_is_none_is_refused_in_a_line(store: Path, moment: str) -> None:
    done = kaozheng("claims", f"--as-of={moment}", store=store)
    assert done.returncode == 1
    assert "_of]" in done.stderr or "store.moment]" in done.stderr


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--review", "decided"], ["升"]),
        (["--review", "unreviewed"], ["減"]),
        (["--due-by", "2025-12-31"], ["減"]),
        (["--due-by", "2025-12-30"], []),
    ],
)
def test_claims_are_listed_by_what_was_judged_of_them(store: Path, options: list[str], expected: list[str]) -> None:
    assert texts(store, *options) == expected
