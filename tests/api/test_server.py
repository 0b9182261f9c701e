"""A real server process on a real port: what `kaozheng serve` gives."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.api.commands import WIRE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    store = tmp_path_factory.mktemp("server") / "ledger.db"
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--store", str(store)]
    server = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        output = server.communicate(timeout=60)[0].decode()
    assert server.returncode == 0, output
    assert "Traceback" not in output


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    while True:
        assert server.poll() is None, server.stdout and server.stdout.read().decode()
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return


def ask(url: str, body: object = None) -> dict[str, object]:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {"content-type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        result: dict[str, object] = json.load(answer)
        return result


def test_an_article_goes_in_and_its_claims_come_out(address: str) -> None:
    text = WIRE.read_text(encoding="utf-8")
    body = {"text": text, "publication": {"published": "2024-08-14", "publisher": "示範通訊社"}}
    ingested = ask(f"{address}/v1/documents", body)
    page = ask(f"{address}/v1/claims?document_id={ingested['document_id']}&limit=1000")
    assert len(page["items"]) == ingested["claims"] > 0  # type: ignore[arg-type,operator]
    for view in page["items"]:  # type: ignore[attr-defined]
        span = view["claim"]["span"]
        assert text[span["start"] : span["end"]] == view["claim"]["text"]


def test_articles_sent_at_once_are_all_kept_once(address: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    bodies = [
        {"text": f"分析師表示，明年台股將上漲{n}%。", "publication": {"published": "2024-08-14"}} for n in range(1, 7)
    ]
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda body: ask(f"{address}/v1/documents", body), bodies * 2))
    assert len({one["document_id"] for one in done}) == 6
    assert sum(bool(one["is_new"]) for one in done) >= 6
    documents = ask(f"{address}/v1/documents?limit=1000")["items"]
    kept = {document["document_id"] for document in documents}  # type: ignore[attr-defined]
    assert {one["document_id"] for one in done} <= kept


def test_a_server_that_answered_sparql_stops_as_others_do(address: str) -> None:
    assert ask(f"{address}/v1/sparql?query=ASK%7B%7D")["boolean"] is True
