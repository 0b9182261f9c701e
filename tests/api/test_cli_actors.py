"""`kaozheng actors`, run as users run it."""

import json
from pathlib import Path

import pytest

from tests.api.commands import WIRE, kaozheng


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "ledger.db"
    done = kaozheng("ingest", WIRE, store=path)
    assert done.returncode == 0, done.stderr
    return path


def test_actors_are_listed_with_the_name_they_are_shown_under(store: Path) -> None:
    listed = kaozheng("actors", "list", "--text", "葉承熹", store=store)
    assert listed.returncode == 0, listed.stderr
    assert "葉承熹" in listed.stdout
    page = json.loads(kaozheng("actors", "list", "--format", "json", "--limit", 1000, store=store).stdout)
    assert all(view["actor"]["actor_id"] in view["actor_ids"] for view in page["items"])


def test_two_actors_are_merged_and_split_again(store: Path) -> None:
    def claims() -> list[str]:
        page = json.loads(kaozheng("claims", "--actor", "ubs", "--format", "json", store=store).stdout)
        return [view["claim"]["claim_id"] for view in page["items"]]

    listed = json.loads(kaozheng("actors", "list", "--text", "葉承熹", "--format", "json", store=store).stdout)
    speaker = listed["items"][0]["actor"]["actor_id"]
    before = claims()
    merged = kaozheng("actors", "merge", speaker, "ubs", "--why", "one of them", "--who", "editor", store=store)
    assert merged.returncode == 0, merged.stderr
    assert f"ubs = {speaker}" in merged.stdout
    assert "editor: one of them" in merged.stdout
    assert set(claims()) > set(before)
    split = kaozheng("actors", "split", speaker, "ubs", store=store)
    assert split.returncode == 0, split.stderr
    assert claims() == before


def test_suggestions_come_with_scores_and_reasons(store: Path) -> None:
    done = kaozheng("actors", "suggest", "--least-score", 0.01, "--format", "json", store=store)
    assert done.returncode == 0, done.stderr
    for suggestion in json.loads(done.stdout):
        assert suggestion["score"] >= 0.01
        assert suggestion["reasons"]
    table = kaozheng("actors", "suggest", store=store)
    assert table.returncode == 0
    assert "score" in table.stdout


def test_an_alias_counts_in_articles_read_afterwards(store: Path, tmp_path: Path) -> None:
    given = kaozheng("actors", "alias", "tsmc", "護國大磚廠", store=store)
    assert given.returncode == 0, given.stderr
    article = tmp_path / "brick.txt"
    article.write_text("護國大磚廠公布財報，護國大磚廠預估明年營收成長兩成。\n", encoding="utf-8")
    assert kaozheng("ingest", article, "--published", "2025-03-20", store=store).returncode == 0
    page = json.loads(kaozheng("claims", "--actor", "tsmc", "--format", "json", store=store).stdout)
    assert "明年營收成長兩成" in [view["claim"]["text"] for view in page["items"]]
    taken = kaozheng("actors", "alias", "tsmc", "護國大磚廠", "--remove", store=store)
    assert taken.returncode == 0, taken.stderr
    assert "no longer names" in taken.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "tsmc", "tsmc"], "linking.one_actor"),
        (["merge", "tsmc", "nobody-at-all"], "actor.unknown"),
        (["alias", "ubs", "台積電"], "alias.taken"),
        (["alias", "ubs", "世界"], "alias.ordinary_word"),
        (["alias", "ubs", "世界", "--remove"], "alias.unknown"),
    ],
)
def test_a_wrong_call_is_one_clear_line(store: Path, arguments: list[str], said: str) -> None:
    done = kaozheng("actors", *arguments, store=store)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
