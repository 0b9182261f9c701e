"""The version of a store on a server: what its nodes hold for queries, and how an older one is brought up."""

from collections.abc import Callable
from typing import Any, Final, LiteralString

from neo4j import Driver, ManagedTransaction

from kg.neo4j.connection import backend_errors
from kg.neo4j.layout import ENTITY, command
from kg.neo4j.projecting import VERSION, write_nodes
from kg.neo4j.reading import node_from
from schemas.errors import InputError

CHUNK: Final = 1000
"""Nodes written anew in one transaction."""

_VERSION: Final = "OPTIONAL MATCH (l:Ledger {id: 'ledger'}) RETURN l IS NOT NULL AS is_there, l.version AS version"
_MARK: Final = "MATCH (l:Ledger {id: 'ledger'}) SET l.version = $version"
_NODES: Final = f"MATCH (n:{ENTITY}) WHERE n.id > $place RETURN n ORDER BY n.id LIMIT $limit"


def version_of(driver: Driver, *, database: str | None = None) -> int:
    """Return the version of the store in a database; ours where there is none yet."""
    with backend_errors("the store"), driver.session(database=database) as session:
        found = session.run(_VERSION).single(strict=True)
    if not found["is_there"]:
        return VERSION
    # The first version was not written down.
    return int(found["version"] or 1)


def check_version(version: int) -> None:
    """Refuse a store of another version than ours.

    Raises:
        InputError: it is older or newer, codes "store.version_older", "store.version_newer".
    """
    if version == VERSION:
        return
    told = f"the store on the server has version {version}, this program needs {VERSION}"
    if version < VERSION:
        message = f"{told}: run kaozheng store migrate --store with its address, while nobody writes"
        raise InputError("store.version_older", message, version=version)
    raise InputError("store.version_newer", f"{told}: install a newer kaozheng", version=version)


def migrate(driver: Driver, fold: Callable[[str], str], *, database: str | None = None) -> tuple[int, int]:
    """Bring the store in a database to our version: its nodes are written anew, its log is left as it is.

    Where it was cut off, run it again. Nobody else may write meanwhile.

    Returns:
        The version before and after; equal where there was nothing to do.

    Raises:
        InputError: the store is newer, code "store.version_newer".
        BackendError: the server is gone, codes of `kg.neo4j.connection.backend_errors`.
    """
    before = version_of(driver, database=database)
    if before >= VERSION:
        check_version(before)
        return before, before
    with backend_errors("the store"), driver.session(database=database) as session:
        place = ""
        while (last := session.execute_write(_rewrite, place, fold)) is not None:
            place = last
        session.run(_MARK, version=VERSION).consume()
    return before, VERSION


def _rewrite(transaction: ManagedTransaction, place: str, fold: Callable[[str], str]) -> str | None:
    """Write the nodes behind a place anew; return the place of the last one, None where there is none."""
    text: LiteralString = command(_NODES)
    found: list[Any] = [row["n"] for row in transaction.run(text, place=place, limit=CHUNK)]
    write_nodes(transaction, [node_from(node) for node in found], fold)
    return found[-1]["id"] if found else None
