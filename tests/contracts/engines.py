"""The engines that the contract runs over: each makes an empty store that folds as the tests want."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kg.store.protocol import Store
from kg.store.sqlite import open_sqlite
from tests.contracts.fake_store import FakeStore

TRADITIONAL: Final = "聯準會積電漲標達歐２％，"
SIMPLIFIED: Final = "联准会积电涨标达欧2%,"
FOLDING: Final = str.maketrans(TRADITIONAL, SIMPLIFIED)


def fold(text: str) -> str:
    """A folding of a few characters, as long as its text."""
    return text.translate(FOLDING)


ENGINES: Final[dict[str, Callable[[Path], Store]]] = {
    "fake": lambda _: FakeStore(fold),
    "sqlite": lambda folder: open_sqlite(folder / "store.db", fold=fold),
}
