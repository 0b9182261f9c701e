"""Articles on disk, and the ways in which they can't be read."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from api.articles import article_files, merged, read_article, stem_collisions
from schemas.errors import InputError
from schemas.text import Publication

NOBODY = 65534


@contextmanager
def without_roots_rights() -> Iterator[None]:
    """Root may read everything: where the tests run as root, do it as nobody."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def closed() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "inner").mkdir()
        (folder / "inner" / "a.txt").write_text("台股上漲。", encoding="utf-8")
        folder.chmod(0)
        yield folder
        folder.chmod(0o700)


@pytest.mark.parametrize("below", ["", "inner", "inner/a.txt"])
def test_what_may_not_be_read_is_named(closed: Path, below: str) -> None:
    def read_all() -> None:
        for path in article_files([closed / below]):
            read_article(path, Publication())

    with without_roots_rights(), pytest.raises(InputError) as caught:
        read_all()
    assert caught.value.code == "file.unreadable"
    assert str(closed) in caught.value.message


def test_a_folder_without_articles_says_what_was_expected(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    with pytest.raises(InputError, match=r"\.html.*\.txt"):
        list(article_files([tmp_path]))


def test_files_below_a_folder_come_sorted_and_without_metadata(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "a.meta.json", "sub/c.HTML", "x.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [p.name for p in article_files([tmp_path])] == ["a.md", "b.txt", "c.HTML"]


def test_given_publication_data_win_over_those_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("台股", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text('{"title": "甲", "published": "2024-01-02"}', encoding="utf-8")
    article = read_article(tmp_path / "a.txt", Publication(title="乙"))
    assert article.publication == Publication(title="乙", published=date(2024, 1, 2))


@pytest.mark.parametrize("metadata", ["", "[1]", '{"colour": "red"}', '{"published": "soon"}', '{"title"'])
def test_malformed_metadata_are_named_with_their_file(tmp_path: Path, metadata: str) -> None:
    (tmp_path / "a.txt").write_text("台股", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(metadata, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_article(tmp_path / "a.txt", Publication())
    assert caught.value.code == "metadata.malformed"
    assert "a.meta.json" in caught.value.message
    assert "\n" not in caught.value.message


def test_what_is_known_first_wins() -> None:
    first, second = Publication(title="甲"), Publication(title="乙", author="丙")
    assert merged(first, second) == Publication(title="甲", author="丙")


def test_files_that_would_overwrite_each_other_are_found() -> None:
    assert stem_collisions([Path("a/x.txt"), Path("b/x.md"), Path("y.txt")]) == ("x",)
