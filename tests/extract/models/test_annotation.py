"""The annotated articles of our own: each is well marked, and marked as the guidelines want it."""

import re
from pathlib import Path

import pytest

from extract.models.annotation import OWN, Annotation, gold_in, own_in, read_gold, read_own
from schemas.errors import InputError

FOLDER = Path(__file__).parents[3] / OWN
ARTICLES = own_in(FOLDER)
EDGE = re.compile(r"^[\s，。、；：！？]|^[「『“][^」』”]*[」』”]$|[\s，。、；：！？]$")
SENTENCE_END = re.compile(r"[。！？](?![」』”’）])")


def test_names_of_articles_are_unique_and_not_those_of_the_gold() -> None:
    assert not [article.name for article in ARTICLES if re.fullmatch(r"t\d+|seed", article.name)]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_a_claim_stands_in_one_sentence_and_begins_and_ends_with_words(article: Annotation) -> None:
    for claim in article.gold["claims"]:
        assert not SENTENCE_END.search(claim["text"][:-1]), claim["text"]
        assert not EDGE.search(claim["text"]), claim["text"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_everybody_with_a_name_is_named_in_the_text(article: Annotation) -> None:
    assert not [who for who, names in article.gold["names"].items() if not any(n in article.text for n in names)]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no articles") as own:
        own_in(tmp_path)
    with pytest.raises(InputError, match="no articles") as gold:
        gold_in(tmp_path)
    assert (own.value.code, gold.value.code) == ("train.no_own", "train.no_gold")


def test_the_gold_is_learned_from_more_often_than_our_own(tmp_path: Path) -> None:
    (tmp_path / "kiln.txt").write_text("窯場停工。", encoding="utf-8")
    (tmp_path / "kiln.gold.json").write_text("{}", encoding="utf-8")
    own = tmp_path / "own.txt"
    own.write_text("published: 2024-05-13\nauthor: -\n---\n{f|窯場停工}。", encoding="utf-8")
    assert read_gold(tmp_path / "kiln.txt").times > read_own(own).times == 1


def test_a_file_is_known_by_its_name_and_its_content(tmp_path: Path) -> None:
    path = tmp_path / "kiln.txt"
    path.write_text("published: 2024-05-13\nauthor: -\n---\n{f|窯場停工}。", encoding="utf-8")
    first = read_own(path)
    path.write_text("published: 2024-05-13\nauthor: -\n---\n{f|窯場復工}。", encoding="utf-8")
    assert first.name == "kiln"
    assert first.digest != read_own(path).digest
