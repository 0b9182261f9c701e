"""Who is who over REST: suggestions, judgements, and names that count without a restart."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Ledger
from kg.nodes import actor_node
from schemas.actor import Actor, ActorType, Name
from tests.contracts.graphs import create

SPEAKER = "葉承熹"


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    """The ledger of an article in which 葉承熹 speaks, and 葉程熹 besides, whom nobody has heard yet."""
    twin = Actor(
        actor_id="twin",
        actor_type=ActorType.PERSON,
        is_provisional=True,
        names=(Name(text="葉程熹", script="zh-Hant"),),
    )
    ledger.store.apply(create(actor_node(twin)))
    with TestClient(create_app(ledger)) as client:
        yield client


def id_of(client: TestClient, name: str) -> str:
    found: str = client.get("/v1/actors", params={"text": name}).json()["items"][0]["actor"]["actor_id"]
    return found


def claims_of(client: TestClient, actor_id: str) -> list[str]:
    page = client.get("/v1/claims", params={"actor_id": actor_id, "limit": 1000}).json()
    return [view["claim"]["claim_id"] for view in page["items"]]


def judge(client: TestClient, one: str, other: str, value: str) -> int:
    body = {"first_id": one, "second_id": other, "value": value, "why": "test", "who": "editor"}
    return client.post("/v1/actors/judgements", json=body).status_code


def test_a_pair_that_might_be_one_is_suggested_until_it_is_judged(client: TestClient) -> None:
    pair = {id_of(client, SPEAKER), "twin"}
    suggested = client.get("/v1/actors/suggestions", params={"least_score": 0.4}).json()
    (found,) = [one for one in suggested if {one["first_id"], one["second_id"]} == pair]
    assert 0.4 <= found["score"] <= 1
    assert all(reason["reason"] for reason in found["reasons"])
    assert judge(client, *pair, "unsure") == 201
    left = client.get("/v1/actors/suggestions", params={"least_score": 0.4}).json()
    assert [one for one in suggested if one not in left] == [found]


def test_claims_of_a_merged_actor_are_found_by_each_id_and_split_restores_all(client: TestClient) -> None:
    speaker = id_of(client, SPEAKER)
    before = {i: (claims_of(client, i), client.get(f"/v1/actors/{i}").json()) for i in (speaker, "twin")}
    assert before[speaker][0]
    assert before["twin"][0] == []
    assert judge(client, speaker, "twin", "same") == 201
    assert claims_of(client, "twin") == claims_of(client, speaker) == before[speaker][0]
    assert client.get("/v1/actors/twin").json() == client.get(f"/v1/actors/{speaker}").json()
    assert judge(client, "twin", speaker, "different") == 201
    assert {i: (claims_of(client, i), client.get(f"/v1/actors/{i}").json()) for i in (speaker, "twin")} == before


def test_the_name_that_is_shown_is_that_of_the_canonical_actor(client: TestClient) -> None:
    speaker = id_of(client, SPEAKER)
    assert judge(client, speaker, "ubs", "same") == 201, "an actor of the base that no text has named"
    views = client.get("/v1/claims", params={"actor_id": speaker}).json()["items"]
    shown = {(s["actor_id"], s["name"]) for view in views for s in view["speakers"]}
    assert shown == {("ubs", client.get("/v1/actors/ubs").json()["name"])}
    listed = client.get("/v1/actors", params={"text": SPEAKER}).json()["items"]
    assert [(v["actor"]["actor_id"], v["actor_ids"][0]) for v in listed if v["actor"]["actor_id"] == speaker] == [
        (speaker, "ubs")
    ]


def test_a_contradiction_is_a_conflict_and_leaves_all_as_it_was(client: TestClient) -> None:
    assert judge(client, "twin", "ubs", "same") == judge(client, "twin", "tsmc", "same") == 201
    counts = client.get("/healthz").json()["counts"]
    body = {"first_id": "ubs", "second_id": "tsmc", "value": "different", "why": "two firms"}
    refused = client.post("/v1/actors/judgements", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "linking.contradiction")
    assert "twin" in refused.json()["detail"]
    assert client.get("/healthz").json()["counts"] == counts


def test_judging_the_same_again_records_nothing_new(client: TestClient) -> None:
    for _ in range(2):
        judge(client, "twin", "ubs", "same")
    assert client.get("/healthz").json()["counts"]["Judgement"] == 1


def test_a_name_given_by_an_editor_counts_at_once(client: TestClient) -> None:
    before = claims_of(client, "tsmc")
    text = "護國大磚廠公布財報，護國大磚廠預估明年營收成長兩成。"
    assert client.post("/v1/actors/tsmc/names", json={"text": "護國大磚廠", "who": "editor"}).status_code == 201
    assert client.post("/v1/documents", json={"text": text, "publication": {"published": "2025-03-20"}}).is_success
    (new,) = set(claims_of(client, "tsmc")) - set(before)
    assert client.get(f"/v1/claims/{new}").json()["claim"]["text"] in text
    assert "護國大磚廠" in [name["text"] for name in client.get("/v1/actors/tsmc").json()["actor"]["names"]]


def test_a_name_that_is_taken_back_counts_no_more_and_is_free_again(client: TestClient) -> None:
    assert client.post("/v1/actors/tsmc/names", json={"text": "護國大磚廠"}).status_code == 201
    before = client.get("/v1/actors/tsmc").json()
    assert client.delete("/v1/actors/tsmc/names/護國大磚廠").status_code == 200
    assert client.delete("/v1/actors/tsmc/names/護國大磚廠").json()["code"] == "alias.unknown"
    left = [name["text"] for name in client.get("/v1/actors/tsmc").json()["actor"]["names"]]
    assert left == [n["text"] for n in before["actor"]["names"] if n["text"] != "護國大磚廠"]
    assert client.post("/v1/actors/ubs/names", json={"text": "護國大磚廠"}).status_code == 201


def test_a_name_of_somebody_else_is_refused_until_both_are_one(client: TestClient) -> None:
    refused = client.post("/v1/actors/ubs/names", json={"text": "叶程熹"})
    assert (refused.status_code, refused.json()["code"]) == (409, "alias.taken")
    assert "kaozheng actors merge ubs twin" in refused.json()["detail"]
    judge(client, "ubs", "twin", "same")
    assert client.post("/v1/actors/ubs/names", json={"text": "叶程熹"}).status_code == 201


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (
            "judgements",
            {"first_id": "twin", "second_id": "twin", "value": "same", "why": "x"},
            422,
            "linking.one_actor",
        ),
        ("judgements", {"first_id": "twin", "second_id": "nobody", "value": "same", "why": "x"}, 404, "actor.unknown"),
        ("judgements", {"first_id": "twin", "second_id": "market", "value": "same", "why": "x"}, 422, "linking.nobody"),
        ("judgements", {"first_id": "twin", "second_id": "ubs", "value": "maybe", "why": "x"}, 422, "request.invalid"),
        ("judgements", {"first_id": "twin", "second_id": "ubs", "value": "same", "why": ""}, 422, "request.invalid"),
        ("nobody/names", {"text": "護國大磚廠"}, 404, "actor.unknown"),
        ("ubs/names", {"text": "磚"}, 422, "alias.too_short"),
        ("ubs/names", {"text": "台積電"}, 409, "alias.taken"),
    ],
)
def test_a_bad_request_changes_nothing(
    client: TestClient, path: str, body: dict[str, str], status: int, code: str
) -> None:
    counts = client.get("/healthz").json()["counts"]
    answer = client.post(f"/v1/actors/{path}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get("/healthz").json()["counts"] == counts
