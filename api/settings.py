"""Where the store is: told by an option, by the environment, else the user's data folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

STORE_VARIABLE: Final = "KAOZHENG_STORE"
STORE_FILE: Final = "kaozheng.db"
MAXIMUM_BYTES: Final = 20 * 1024 * 1024
"""The largest file or request body read; an article of 5 million characters fits."""


@dataclass(frozen=True, slots=True)
class StoreLocation:
    """A place for the store, and what named it."""

    path: Path
    origin: str

    def __str__(self) -> str:
        """Return the place with what named it, as commands show it."""
        return f"{self.path} ({self.origin})"


def store_location(option: Path | None, environment: Mapping[str, str]) -> StoreLocation:
    """Return where the store is; the option wins over `KAOZHENG_STORE`, which wins over the default.

    Example:
        >>> str(store_location(None, {"KAOZHENG_STORE": "news.db"}))
        'news.db (from KAOZHENG_STORE)'
    """
    if option is not None:
        return StoreLocation(option, "from --store")
    if environment.get(STORE_VARIABLE):
        return StoreLocation(Path(environment[STORE_VARIABLE]), f"from {STORE_VARIABLE}")
    return StoreLocation(user_data_path("kaozheng") / STORE_FILE, "the default; --store or KAOZHENG_STORE name another")
