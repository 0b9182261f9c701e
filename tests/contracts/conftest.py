from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.neo4j.connection import address_of
from kg.store.neo4j import open_neo4j
from kg.store.protocol import Store
from tests.contracts.engines import ENGINES, fold


@pytest.fixture(params=[*sorted(ENGINES), pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    engine: str = request.param
    opened = ENGINES[engine](tmp_path) if engine in ENGINES else empty_neo4j(request)
    yield opened
    opened.close()


def empty_neo4j(request: pytest.FixtureRequest) -> Store:
    """The server is shared by all tests, so its one database is emptied before and after each."""
    request.getfixturevalue("neo4j_driver")
    return open_neo4j(address_of(request.getfixturevalue("neo4j_uri")), fold=fold)
