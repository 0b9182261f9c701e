"""What is broken or hostile, through commands and REST as users meet them: one clear line, and nothing lost."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Ledger
from tests.api.commands import WIRE, kaozheng

HOSTILE = {
    "quotes": "'\"`‘’“”「」\\",
    "cypher": "'}) DETACH DELETE (n) //",
    "sparql": '"""} ; DROP ALL ; INSERT DATA { <a> <b> "c',
    "sql": "'); DROP TABLE log; --",
    "null": "前\x00後",
    "escapes": "\x1b[2J\x1b]0;title\x07\r\n\u202e",
    "markup": "[red]<b>&amp;<script>alert(1)</script>{{7*7}}%s%n",
    "megabyte": "長" * 350_000,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "ledger.db"
    assert kaozheng("ingest", WIRE, store=path).returncode == 0
    return path


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photograph (name)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    path.write_bytes(content)


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "damaged": (damaged, "store.corrupt"),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:30_000]), "store.corrupt"),
    "text": (lambda path: path.write_text("這不是資料庫" * 100, encoding="utf-8"), "store.not_a_store"),
    "foreign": (foreign, "store.foreign"),
    "newer": (newer, "store.version_newer"),
    "empty": (lambda path: path.write_bytes(b""), "store.empty"),
}
COMMANDS: dict[str, list[object]] = {
    "claims": ["claims"],
    "export": ["export", "--to", "graph.ttl"],
    "verify": ["store", "verify"],
}


def the_error(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line and not line.startswith("store: ")]
    assert len(lines) == 1, stderr
    assert lines[0].startswith("error: ")
    return lines[0]


@pytest.mark.parametrize(
    ("kind", "command"),
    [*((kind, "claims") for kind in sorted(BROKEN)), *(("damaged", name) for name in sorted(COMMANDS)[1:])],
)
def test_a_broken_store_is_told_in_one_line_and_left_as_it_is(
    tmp_path: Path, sound: Path, kind: str, command: str
) -> None:
    path = tmp_path / "ledger.db"
    shutil.copy(sound, path)
    breaking, code = BROKEN[kind]
    breaking(path)
    before = path.read_bytes()
    done = kaozheng(*COMMANDS[command], store=path, cwd=tmp_path)
    assert done.returncode == (3 if code == "store.corrupt" else 1)
    error = the_error(done.stderr)
    assert f"[{code}]" in error
    assert str(path) in error
    assert path.read_bytes() == before
    assert not (tmp_path / "graph.ttl").exists()


def test_nothing_is_written_into_a_broken_store(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_text("這不是資料庫" * 100, encoding="utf-8")
    before = path.read_bytes()
    done = kaozheng("ingest", WIRE, store=path)
    assert done.returncode == 1
    assert "[store.not_a_store]" in the_error(done.stderr)
    assert path.read_bytes() == before


def test_a_fault_of_the_program_is_one_line_and_its_trace_can_be_asked_for(tmp_path: Path) -> None:
    script = "import api.cli as cli\ndef fails(): raise RuntimeError('of ours')\ncli.app = fails\ncli.main()"
    told = kaozheng(script=script)
    assert told.returncode == 4
    assert "of ours" in the_error(told.stderr)
    assert "KAOZHENG_TRACE" in told.stderr


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_publication_data_are_kept_as_they_are_by_commands(tmp_path: Path, kind: str) -> None:
    text, path, article = HOSTILE[kind], tmp_path / "a.db", tmp_path / "a.txt"
    article.write_text(f"分析師表示，明年台股將上漲5%。{text[:2000]}\n", encoding="utf-8")
    fields = {"title": text, "publisher": text, "author": text, "url": f"https://example.org/{text}"}
    (tmp_path / "a.meta.json").write_text(json.dumps({**fields, "published": "2024-08-14"}), encoding="utf-8")
    done = kaozheng("ingest", article, store=path)
    assert "Traceback" not in done.stderr
    if done.returncode:
        the_error(done.stderr)
        return
    listed = kaozheng("claims", store=path)
    assert listed.returncode == 0, listed.stderr
    assert " 0 problems" in kaozheng("store", "verify", store=path).stdout


@pytest.mark.parametrize("kind", sorted(set(HOSTILE) - {"megabyte", "null"}))
def test_hostile_words_on_the_command_line_find_nothing_and_break_nothing(sound: Path, kind: str) -> None:
    text = HOSTILE[kind]
    options = [word for option in ("--actor", "--document", "--target", "--text") for word in (option, text)]
    done = kaozheng("claims", *options, "--format", "json", store=sound)
    assert (done.returncode, json.loads(done.stdout)["items"]) == (0, []), done.stderr
    for arguments in (["show", text], ["claims", "--cursor", text]):
        done = kaozheng(*arguments, store=sound)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "error: " in done.stderr


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return TestClient(create_app(ledger), raise_server_exceptions=False)


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_fields_over_rest_are_kept_or_refused_with_a_problem(client: TestClient, kind: str) -> None:
    text = HOSTILE[kind]
    before = client.get("/healthz").json()["counts"]
    body = {
        "text": f"分析師表示，明年台股將上漲5%。{text[:5000]}",
        "publication": {"title": text, "publisher": text, "author": text, "published": "2024-08-14"},
    }
    answer = client.post("/v1/documents", json=body)
    if answer.status_code == 201:
        document = client.get(answer.headers["location"]).json()
        assert document["publication"]["title"] == text
        assert document["publication"]["publisher"] == text
    else:
        assert answer.status_code in {413, 422}
        assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/healthz").json()["counts"] == before


@pytest.mark.parametrize("kind", sorted(HOSTILE))
@pytest.mark.parametrize("path", ["claims", "documents", "actors", "predictions", "resolutions"])
def test_hostile_parameters_over_rest_are_answered_without_a_fault(client: TestClient, kind: str, path: str) -> None:
    text = HOSTILE[kind][:5000]
    for name in ("text", "actor_id", "document_id", "target_id", "publisher", "claim_id", "cursor", "order", "limit"):
        answer = client.get(f"/v1/{path}", params={name: text})
        assert answer.status_code in {200, 422}, (name, answer.text)
        if answer.status_code == 200:
            assert answer.json()["items"] == []


@pytest.mark.parametrize("kind", sorted(set(HOSTILE) - {"megabyte"}))
def test_hostile_words_in_judgements_and_names_are_kept_or_refused(client: TestClient, kind: str) -> None:
    text = HOSTILE[kind]
    first, second = [view["actor"]["actor_id"] for view in client.get("/v1/actors").json()["items"]][:2]
    body = {"first_id": first, "second_id": second, "value": "different", "why": text, "who": text}
    judged = client.post("/v1/actors/judgements", json=body)
    assert judged.status_code == 201, judged.text
    assert (judged.json()["why"], judged.json()["who"]) == (text, text)
    for answer in (
        client.post(f"/v1/actors/{first}/names", json={"text": text}),
        client.post("/v1/actors/judgements", json={**body, "first_id": text}),
    ):
        assert answer.status_code in {201, 404, 409, 422}, answer.text


def test_a_store_damaged_while_it_is_served_is_a_problem_not_a_fault(ledger: Ledger) -> None:
    client = TestClient(create_app(ledger), raise_server_exceptions=False)
    path = ledger.store.path  # type: ignore[attr-defined]
    assert client.get("/v1/claims").json()["items"]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE log SET after = substr(after, 1, 40)")
    answer = client.get("/v1/claims")
    assert (answer.status_code, answer.json()["code"]) == (503, "store.corrupt")
    assert str(path) in answer.json()["detail"]


def test_a_fault_of_the_program_over_rest_is_a_problem_too(ledger: Ledger) -> None:
    app = create_app(ledger)

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("of ours")

    answer = TestClient(app, raise_server_exceptions=False).get("/fault")
    assert (answer.status_code, answer.json()["code"]) == (500, "program.fault")
    assert answer.headers["content-type"] == "application/problem+json"
