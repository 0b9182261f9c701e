"""`kaozheng relate`, `consensus` and `graph`, run as users run them on articles of ours."""

import json
from pathlib import Path

import pytest

from tests.api.commands import kaozheng

ARTICLES = (
    (
        "2026-03-20",
        "島嶼財經",
        "晴海證券預估，台灣2027年經濟成長率將達3.1%。晴海證券認為，美國明年陷入衰退的機率為60%。",
    ),
    (
        "2026-04-02",
        "海峽日報",
        "北辰投顧預估，台灣2027年經濟成長率將降至2.4%。北辰投顧認為，美國明年陷入衰退的機率為35%。",
    ),
    ("2026-06-02", "海峽日報", "晴海證券預估，台灣2027年經濟成長率將由3.1%下修至2.9%。"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    for number, (published, publisher, text) in enumerate(ARTICLES):
        article = folder / f"{number}.txt"
        article.write_text(f"{text}\n", encoding="utf-8")
        done = kaozheng(
            "ingest", article, "--published", published, "--publisher", publisher, store=folder / "ledger.db"
        )
        assert done.returncode == 0, done.stderr
    return folder / "ledger.db"


def test_articles_that_are_read_are_related_and_working_out_anew_adds_nothing(store: Path) -> None:
    done = kaozheng("relate", store=store)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "0 relations added, 0 changed, 0 taken back\n"


def test_a_claim_is_shown_with_what_it_replaces_and_what_contradicts_it(store: Path) -> None:
    page = json.loads(kaozheng("claims", "--text", "下修", "--format", "json", store=store).stdout)
    claim_id = page["items"][0]["claim"]["claim_id"]
    shown = kaozheng("show", claim_id, store=store)
    assert shown.returncode == 0, shown.stderr
    assert "replaces" in shown.stdout
    assert "contradicts" in shown.stdout
    assert "北辰投顧" in shown.stdout
    detail = json.loads(kaozheng("show", claim_id, "--format", "json", store=store).stdout)
    assert [view["relation"] for view in detail["relations"]] == ["CONTRADICTS", "SUPERSEDES"]


def test_consensus_shows_the_last_word_of_each_voice(store: Path) -> None:
    shown = kaozheng("consensus", "taiwan.gdp.growth", store=store)
    assert shown.returncode == 0, shown.stderr
    assert "2 voices; median 2.65 %, 2.4 to 2.9 (spread 0.5)" in shown.stdout
    early = json.loads(
        kaozheng("consensus", "taiwan.gdp.growth", "--as-of", "2026-04-30", "--format", "json", store=store).stdout
    )
    assert early["items"][0]["values"]["median"] == "2.75"
    nothing = kaozheng("consensus", "us.gdp", store=store)
    assert "no forecast of it can be compared" in nothing.stderr


def test_without_a_node_the_graph_says_who_stands_with_whom(store: Path) -> None:
    shown = kaozheng("graph", store=store)
    assert shown.returncode == 0, shown.stderr
    assert "us.recession" in shown.stdout
    assert "none in this store" in shown.stdout
    sections = shown.stdout.split("who ")
    common = next(part for part in sections if part.startswith("forecasts the same targets"))
    assert "taiwan.gdp.growth、us.recession" in common
    most = next(part for part in sections if part.startswith("claims most"))
    assert [line.split()[-1] for line in most.splitlines() if "晴海證券" in line or "北辰投顧" in line] == ["3", "2"]


def test_the_graph_around_a_target_is_a_tree_a_drawing_and_graphml(store: Path, tmp_path: Path) -> None:
    shown = kaozheng("graph", "us.recession", store=store)
    assert shown.returncode == 0, shown.stderr
    assert "↔ 相左" in shown.stdout
    for name, word in (("part.svg", "相左"), ("part.graphml", "CONTRADICTS")):
        done = kaozheng("graph", "us.recession", "--to", tmp_path / name, store=store)
        assert done.returncode == 0, done.stderr
        assert word in (tmp_path / name).read_text(encoding="utf-8")


def test_the_way_between_two_houses_is_printed_step_by_step(store: Path) -> None:
    page = json.loads(kaozheng("claims", "--text", "衰退", "--format", "json", store=store).stdout)
    first, second = ({v["speakers"][0]["actor_id"]: None for v in page["items"]}).keys()
    shown = kaozheng("graph", first, "--path", second, store=store)
    assert shown.returncode == 0, shown.stderr
    assert [line.split()[1] for line in shown.stdout.splitlines()[1:]] == ["主張者", "相左", "主張者"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nobody",), "graph.node_unknown"),
        (("us.recession", "--to", "part.png"), "graph.place"),
        (("--path", "us.recession"), "option.node"),
    ],
)
def test_a_wrong_call_says_what_to_do(store: Path, arguments: tuple[str, ...], complaint: str) -> None:
    done = kaozheng("graph", *arguments, store=store)
    assert done.returncode != 0
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_the_whole_graph_is_exported_as_graphml(store: Path, tmp_path: Path) -> None:
    done = kaozheng("export", "--to", tmp_path / "all.graphml", store=store)
    assert done.returncode == 0, done.stderr
    assert "SUPERSEDES" in (tmp_path / "all.graphml").read_text(encoding="utf-8")
