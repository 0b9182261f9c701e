"""The command line, run as users run it: a process of its own, files on disk."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.commands import ARTICLES, WIRE, kaozheng

BROKEN = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "english.txt": b"Not one Chinese character stands in this file.\n",
    "large.txt": "台股上漲。".encode() * 3_500_000,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "ledger.db"
    done = kaozheng("ingest", WIRE, store=path)
    assert done.returncode == 0, done.stderr
    return path


def test_a_folder_is_read_once_and_known_afterwards(tmp_path: Path) -> None:
    first = kaozheng("ingest", ARTICLES, "--store", tmp_path / "a.db")
    second = kaozheng("ingest", ARTICLES, "--store", tmp_path / "a.db")
    assert [line[:5] for line in first.stdout.splitlines()] == ["new  "] * 3
    assert [line[:5] for line in second.stdout.splitlines()] == ["known"] * 3
    assert str(tmp_path / "a.db") in first.stderr


def test_claims_and_one_claim_whole(store: Path) -> None:
    page = json.loads(kaozheng("claims", "--format", "json", "--limit", 1000, store=store).stdout)
    claim = next(view["claim"] for view in page["items"] if view["claim"]["quantities"])
    shown = kaozheng("show", claim["claim_id"], store=store)
    assert shown.returncode == 0
    for fact in (claim["kind"], "said by", claim["document_id"], "示範通訊社"):
        assert fact in shown.stdout


def test_a_table_of_claims_fits_the_window(store: Path) -> None:
    listed = kaozheng("claims", "--kind", "prediction", store=store)
    assert listed.returncode == 0
    assert "speaker" in listed.stdout
    assert "target" in listed.stdout


def test_gold_goes_to_standard_output_for_one_file_and_to_a_folder_for_several(tmp_path: Path) -> None:
    one = kaozheng("extract", WIRE, "--format", "gold")
    several = kaozheng(
        "extract", WIRE, ARTICLES / "gloomy-commentary.md", "--format", "gold", "--out", tmp_path / "out"
    )
    gold = json.loads(one.stdout)
    text = WIRE.read_text(encoding="utf-8")
    assert several.returncode == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "gloomy-commentary.gold.json",
        "taiwan-wire.gold.json",
    ]
    assert json.loads((tmp_path / "out" / "taiwan-wire.gold.json").read_text(encoding="utf-8")) == gold
    assert (gold["doc"]["id"], gold["doc"]["published"]) == ("taiwan-wire", "2024-08-14")
    for layer in ("quantities", "times", "actors", "claims"):
        assert gold[layer]
        assert all(text[item["start"] : item["end"]] == item["text"] for item in gold[layer])


def test_several_files_can_not_share_standard_output() -> None:
    refused = kaozheng("extract", WIRE, WIRE, "--format", "gold")
    assert refused.returncode == 1
    assert "--out" in refused.stderr
    assert refused.stdout == ""


def test_options_win_over_metadata_beside_the_file() -> None:
    gold = json.loads(kaozheng("extract", WIRE, "--format", "gold", "--published", "2023-05-06").stdout)
    assert gold["doc"]["published"] == "2023-05-06"


def test_without_any_date_relative_periods_are_refused_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text("今年出口成長3%，2019年底則是衰退2%。\n", encoding="utf-8")
    done = kaozheng("extract", path, "--format", "gold")
    assert [t["text"] for t in json.loads(done.stdout)["times"]] == ["2019年底"]
    assert "warning" in done.stderr
    assert "--published" in done.stderr


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_gets_one_clear_line_and_stops_no_other(tmp_path: Path, name: str) -> None:
    bad = tmp_path / name
    bad.write_bytes(BROKEN[name])
    done = kaozheng("ingest", bad, WIRE, "--store", tmp_path / "a.db")
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if line.startswith("error")]
    assert len(errors) == 1
    assert str(bad) in errors[0]
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_standard_input_is_read_like_a_file(tmp_path: Path) -> None:
    done = kaozheng(
        "ingest", "-", "--published", "2024-08-14", "--store", tmp_path / "a.db", input=WIRE.read_text(encoding="utf-8")
    )
    assert done.returncode == 0
    assert done.stdout.startswith("new")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "nowhere.txt"], "nowhere.txt"),
        (["extract", WIRE, "--published", "yesterday"], "2025-03-20"),
        (["claims", "--store", "nowhere.db"], "kaozheng ingest"),
        (["claims", "--store", "https://localhost"], "neo4j://HOST"),
        (["export", "--to", "graph.xls", "--store", "nowhere.db"], "nowhere.db"),
        (["observations", "import", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_a_wrong_call_says_what_to_do(arguments: list[object], said: str) -> None:
    done = kaozheng(*arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_writer_is_told_so_and_a_reader_is_not(store: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    try:
        second = kaozheng("ingest", ARTICLES / "gloomy-commentary.md", store=store)
        reader = kaozheng("claims", store=store)
    finally:
        writer.communicate("close\n", timeout=60)
    assert second.returncode == 3
    assert "store.busy" in second.stderr
    assert reader.returncode == 0


HOLD_OPEN = """
import sys
from api.composition import Access, open_ledger
from api.settings import StoreLocation
with open_ledger(StoreLocation(sys.argv[1], "a test"), who="holder", access=Access.CREATE):
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_figures_are_imported_and_predictions_resolved(store: Path) -> None:
    folder = Path(__file__).parents[2] / "fixtures" / "observations"
    files = sorted(folder.glob("*.csv"))
    first = kaozheng("observations", "import", *files, store=store)
    again = kaozheng("observations", "import", *files, store=store)
    assert first.returncode == again.returncode == 0
    assert all(" 0 figures new" in line for line in again.stdout.splitlines())
    report = json.loads(kaozheng("resolve", "--as-of", "2026-10-05", "--format", "json", store=store).stdout)
    assert len(report["resolutions"]) == sum(report["outcomes"].values()) > 0
    assert all(r["explanation"] for r in report["resolutions"])


def test_a_name_for_an_actor_finds_nothing_and_leads_to_the_id(store: Path) -> None:
    done = kaozheng("claims", "--actor", "聯準會", store=store)
    assert done.returncode == 0, done.stderr
    assert "kaozheng actors list --text 聯準會" in done.stderr
    assert "--text" not in kaozheng("claims", "--text", "沒有這句話", store=store).stderr


def test_rdf_is_written_whole(store: Path, tmp_path: Path) -> None:
    names = {"graph.nq", "graph.ttl", "graph.jsonld"}
    for name in names:
        done = kaozheng("export", "--to", tmp_path / name, store=store)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).stat().st_size > 1000
    assert {p.name for p in tmp_path.iterdir()} == names


def test_the_same_text_under_another_date_is_named(tmp_path: Path) -> None:
    first = kaozheng("ingest", WIRE, "--store", tmp_path / "a.db")
    second = kaozheng(
        "ingest", WIRE, "--title", "另一個標題", "--published", "2024-09-01", "--store", tmp_path / "a.db"
    )
    known = first.stdout.split()[-1]
    assert "same text" not in first.stderr
    assert f"same text as {known}" in second.stderr


def test_what_to_check_first_is_listed_first_with_its_reasons(tmp_path: Path) -> None:
    store = tmp_path / "a.db"
    assert kaozheng("ingest", WIRE, "--store", store).returncode == 0
    done = kaozheng("claims", "--order", "worth", "--limit", 5, "--format", "json", store=store)
    scores = [item["claim"]["check_worthiness"] for item in json.loads(done.stdout)["items"]]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    few = kaozheng("claims", "--min-worth", scores[0], store=store)
    assert "figure .25" in few.stdout
    assert kaozheng("claims", "--min-worth", 2, store=store).returncode == 2
