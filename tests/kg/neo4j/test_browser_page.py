"""Neo4j Browser itself, in a headless Chromium: the guide opens, every query runs, the style colours."""

import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from neo4j import Driver

from kg.neo4j.browser import GUIDE_PATH, GUIDE_TYPE, STYLE_PATH, STYLE_TYPE, browser_link, grass, guide_html, questions
from kg.neo4j.writer import write_graph
from kg.ontology import ontology
from schemas.graph import NodeLabel
from tests.kg.neo4j.test_browser import debate
from tests.neo4j_server import ROOT, RealServer

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE_MILLISECONDS = 60_000
CLAIM_COLOUR = ontology().nodes[NodeLabel.CLAIM].style.colour
PICTURES = ROOT / "build" / "neo4j-browser"


class Served(BaseHTTPRequestHandler):
    """Guide and style, to any origin, preflight included."""

    def do_OPTIONS(self) -> None:
        self.reply(204, "", "text/plain")

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        pages = {GUIDE_PATH: (guide_html(base), GUIDE_TYPE), STYLE_PATH: (grass(), STYLE_TYPE)}
        body, content_type = pages.get(self.path, ("", "text/plain"))
        self.reply(200 if self.path in pages else 404, body, content_type)

    def reply(self, status: int, body: str, content_type: str) -> None:
        content = body.encode()
        self.send_response(status)
        for name, value in (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "*")):
            self.send_header(name, value)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def guide_server(neo4j_server: RealServer) -> Iterator[RealServer]:
    if neo4j_server.browser_port is None or neo4j_server.guide_port is None:
        pytest.skip("KAOZHENG_TEST_NEO4J_URI is set: its Browser and its guide are not ours to drive")
    with ThreadingHTTPServer(("127.0.0.1", neo4j_server.guide_port), Served) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield neo4j_server
        server.shutdown()


@pytest.fixture
def page(guide_server: RealServer, neo4j_driver: Driver) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on the PATH")
    write_graph(neo4j_driver, *debate())
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        opened = browser.new_page(viewport={"width": 1500, "height": 1100})
        opened.set_default_timeout(PATIENCE_MILLISECONDS)
        opened.goto(browser_link(guide_server.uri, has_auth=False, browser_port=guide_server.browser_port or 0))
        yield opened
        browser.close()


def picture(page: Any, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def frame_of(page: Any, command: str) -> Any:
    """Return the newest frame of a command."""
    shown = page.get_by_test_id("frameCommand").filter(has_text=" ".join(command.split()))
    return page.get_by_test_id("frame").filter(has=shown).first


def run(page: Any, guide: Any) -> None:
    """Click the first query of the slide, which puts it into the editor, and run it."""
    guide.locator(".runnable").first.click()
    page.get_by_test_id("editor-Run").click()


def draws_claims(cypher: str) -> bool:
    """Whether the answer is drawn, with claims in it."""
    return "RETURN p" in cypher and "Claim" in cypher


def test_the_guide_opens_by_itself_its_queries_run_and_the_style_colours(page: Any) -> None:
    guide = frame_of(page, GUIDE_PATH)
    guide.get_by_text("套用配色").wait_for()
    picture(page, "guide")
    run(page, guide)
    frame_of(page, ":style").get_by_text("node.Claim").wait_for()
    for number, question in enumerate(questions(), start=1):
        guide.get_by_test_id("nextSlide").first.click()
        guide.get_by_text(f"{number}. {question.title}").wait_for()
        run(page, guide)
        answer = frame_of(page, question.cypher)
        answer.get_by_test_id("frame-loaded-contents").wait_for()
        assert "ERROR" not in answer.inner_text()
        if draws_claims(question.cypher):
            # The frame is there before its graph is drawn.
            answer.locator(f'circle[fill="{CLAIM_COLOUR}" i]').first.wait_for(state="attached")
        picture(page, f"question-{number:02}")


def test_pictures_are_left_in_the_build_folder_only() -> None:
    assert PICTURES.parent == ROOT / "build"
    assert "build/" in Path(ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
