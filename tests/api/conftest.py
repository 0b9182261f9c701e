"""A ledger over a real SQLite file, with the real pipeline, filled with an article of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.articles import document_of_article, read_article
from api.composition import Access, open_ledger
from api.service import Ledger
from api.settings import StoreLocation
from schemas.text import Publication

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "fixtures" / "articles"


@pytest.fixture
def location(tmp_path: Path) -> StoreLocation:
    return StoreLocation(str(tmp_path / "ledger.db"), "a test")


@pytest.fixture
def empty_ledger(location: StoreLocation) -> Iterator[Ledger]:
    with open_ledger(location, who="test", access=Access.CREATE) as ledger:
        yield ledger


@pytest.fixture
def ledger(empty_ledger: Ledger) -> Ledger:
    empty_ledger.ingest(document_of_article(read_article(ARTICLES / "taiwan-wire.txt", Publication())))
    return empty_ledger
