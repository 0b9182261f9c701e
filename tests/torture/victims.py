"""What runs in the processes that are killed: each tells through a pipe what it acknowledges."""

import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from extract.actors.base import load_base
from kg.neo4j.connection import address_of
from kg.neo4j.mirror import follow
from kg.store.migrating import MIGRATIONS, Migration
from kg.store.neo4j import open_neo4j
from kg.store.opening import Limits
from kg.store.sqlite import open_sqlite
from kg.store.upkeep import backup, migrate, rebuild, restore
from schemas.errors import KaozhengError
from tests.torture.histories import HISTORIES

RESENT: Final = 2
"""Steps that a writer sends again, as one does who never heard what became of them."""
BEGUN: Final = b"begun"
DONE: Final = b"done"
FAILED_EXIT: Final = 3
MIRRORED: Final = 100
"""Changes a transaction: small, so that a server that lives for seconds sees many."""
IDLE_SECONDS: Final = 0.02
NEXT_VERSION: Final = (*MIGRATIONS, Migration(Path(__file__).with_name("next_version.sql")))

load_base()  # Once, where all victims are forked from; each would load it anew.


def write(pipe: Connection, path: Path, history: str, start: int, wal_bytes: int) -> None:
    """Write step after step until killed; acknowledge the number of each once it is committed."""
    script = HISTORIES[history]()
    pipe.send_bytes(BEGUN)
    with open_sqlite(path, fold=str, limits=Limits(wal_bytes=wal_bytes)) as store:
        number = max(0, start - RESENT)
        while True:
            script.write(store, number)
            pipe.send_bytes(b"%d" % number)
            number += 1


def back_up(pipe: Connection, path: Path, target: Path) -> None:
    """Copy a store."""
    pipe.send_bytes(BEGUN)
    backup(path, target)
    pipe.send_bytes(DONE)


def bring_back(pipe: Connection, copy: Path, path: Path) -> None:
    """Make a store from a copy."""
    pipe.send_bytes(BEGUN)
    restore(copy, path)
    pipe.send_bytes(DONE)


def build_anew(pipe: Connection, path: Path) -> None:
    """Make the tables of a store anew."""
    pipe.send_bytes(BEGUN)
    rebuild(path, fold=str)
    pipe.send_bytes(DONE)


def bring_up(pipe: Connection, path: Path) -> None:
    """Bring a store to the next version."""
    pipe.send_bytes(BEGUN)
    migrate(path, NEXT_VERSION)
    pipe.send_bytes(DONE)


def mirror(pipe: Connection, path: Path, uri: str) -> None:
    """Follow a store until killed; acknowledge the sequence of each batch, end where the server is gone."""
    try:
        with open_sqlite(path, fold=str, read_only=True) as source, open_neo4j(address_of(uri), fold=str) as target:
            pipe.send_bytes(BEGUN)
            while True:
                follow(source, target, size=MIRRORED, progress=lambda sequence: pipe.send_bytes(b"%d" % sequence))
                time.sleep(IDLE_SECONDS)
    except KaozhengError as error:
        pipe.send_bytes(f"{error.code}: {error.message}".encode())
        sys.exit(FAILED_EXIT)
