"""Names are measured with treebanks of our own; where none stands beside the checkout that is said."""

import json
import sys
from pathlib import Path

import pytest
from rich.console import Console

from api.evaluation_names import evaluate_names, finders_of, main
from extract.models.names.figures import ALL
from extract.models.names.protocol import NoNameTagger
from extract.models.names.treebank import read_treebank

ROWS = """# text = 林志強在高雄工作。
1\t林志強\tB-PER
2\t在\tO
3\t高雄\tB-LOC
4\t工作\tO
5\t。\tO

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "own.iob2"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_every_finder_has_figures(treebank: Path) -> None:
    finders = finders_of(NoNameTagger())
    figures = evaluate_names(read_treebank(treebank), finders, Console(quiet=True))
    assert list(figures) == ["LAC", "rules", "rules and LAC"]
    assert figures["LAC"][ALL].annotated == 2
    assert figures["LAC"]["PER"].f1 == 1.0


def test_the_figures_are_printed_and_written(
    treebank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "build" / "names.json"
    monkeypatch.setattr(sys, "argv", ["evaluation_names", "--treebank", str(treebank), "--json", str(out)])
    main()
    assert "LAC" in capsys.readouterr().out
    assert json.loads(out.read_text(encoding="utf-8"))["LAC"]["PER"]["f1"] == 1.0


def test_an_absent_treebank_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluation_names", "--treebank", str(tmp_path / "none.iob2")])
    main()
    assert "no figures" in capsys.readouterr().out.replace("\n", " ")
