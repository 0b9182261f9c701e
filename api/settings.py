"""Where the store is: told by an option, by the environment, else the user's data folder."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

STORE_VARIABLE: Final = "KAOZHENG_STORE"
STORE_FILE: Final = "kaozheng.db"
LOGIN_VARIABLES: Final = ("KAOZHENG_NEO4J_USER", "KAOZHENG_NEO4J_PASSWORD")
SITE_VARIABLE: Final = "KAOZHENG_SITE"
PUBLISHER_VARIABLE: Final = "KAOZHENG_PUBLISHER"
NEO4J_SCHEMES: Final = ("neo4j://", "bolt://", "neo4j+s://", "bolt+s://", "neo4j+ssc://", "bolt+ssc://")
PASSWORD_IN_ADDRESS: Final = re.compile(r"//[^/@]*@")
MAXIMUM_BYTES: Final = 20 * 1024 * 1024
"""The largest file or request body read; an article of 5 million characters fits."""


@dataclass(frozen=True, slots=True)
class StoreLocation:
    """A place for the store, a file or the address of a Neo4j server, and what named it."""

    place: str
    origin: str

    @property
    def is_server(self) -> bool:
        """Whether the store is kept by a Neo4j server."""
        return self.place.startswith(NEO4J_SCHEMES)

    @property
    def path(self) -> Path:
        """The file, where it is one."""
        return Path(self.place)

    def __str__(self) -> str:
        """Return the place without any password and with what named it, as commands show it."""
        return f"{PASSWORD_IN_ADDRESS.sub('//', self.place)} ({self.origin})"


def store_location(option: str | None, environment: Mapping[str, str]) -> StoreLocation:
    """Return where the store is; the option wins over `KAOZHENG_STORE`, which wins over the default.

    Example:
        >>> str(store_location(None, {"KAOZHENG_STORE": "news.db"}))
        'news.db (from KAOZHENG_STORE)'
    """
    if option is not None:
        return StoreLocation(option, "from --store")
    if environment.get(STORE_VARIABLE):
        return StoreLocation(environment[STORE_VARIABLE], f"from {STORE_VARIABLE}")
    return StoreLocation(
        str(user_data_path("kaozheng") / STORE_FILE), "the default; --store or KAOZHENG_STORE name another"
    )
