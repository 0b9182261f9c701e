"""One empty store of each engine for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.protocol import Store
from tests.contracts.engines import ENGINES


@pytest.fixture(params=sorted(ENGINES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    engine: str = request.param
    opened = ENGINES[engine](tmp_path)
    yield opened
    opened.close()
