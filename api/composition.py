"""Where the parts are put together: which store, which pipeline, which clock."""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from api.service import Ledger
from api.settings import LOGIN_VARIABLES, StoreLocation
from extract.normalize import shadow_of
from kg.store.protocol import Store
from kg.store.sqlite import open_sqlite
from schemas.errors import InputError
from schemas.extraction import Extraction
from schemas.text import Document

if TYPE_CHECKING:
    from extract.actors.base import ActorBase
    from extract.pipeline import Pipeline
    from kg.neo4j.connection import Address
    from kg.store.neo4j import Neo4jStore


class Access(Enum):
    """What a store is opened for."""

    READ = "read"  # it must be there, and others may write to it
    UPDATE = "update"  # it must be there
    CREATE = "create"  # it is made where it is missing


@cache
def pipeline() -> "Pipeline":
    """Return the pipeline, made when first asked for: commands that read no article need not wait for models."""
    with _kept_for_good():
        from extract.pipeline import Settings, build_pipeline

        made = build_pipeline(Settings())
        made.extract(Document(document_id="first", text=_FIRST))  # loads what is loaded when it is first needed
    return made


_FIRST = "央行總裁表示，明年通膨可望降到2%。"


@contextmanager
def _kept_for_good() -> Iterator[None]:
    """Keep Python's collector of garbage off what is made here: models and lexicons stay as long as the process.

    To look through all of them again and again takes a third of the start-up and a twentieth of the time of an article.
    """
    from kg.store.loading import uncollected

    with uncollected():
        try:
            yield
        finally:
            gc.freeze()


def extract(document: Document, *, base: "ActorBase | None" = None) -> Extraction:
    """Return what a document says; `base` are the actors that are known, the shipped ones where None."""
    return pipeline().extract(document, base=base)


def now() -> datetime:
    """Return the present moment in UTC; the only clock there is."""
    return datetime.now(UTC)


@contextmanager
def open_ledger(
    location: StoreLocation, *, who: str, access: Access, as_of: int | datetime | None = None
) -> Iterator[Ledger]:
    """Open the ledger at a place and close it afterwards.

    Args:
        location: where the store is.
        who: the name that changes are recorded under.
        access: what it is opened for.
        as_of: where given, the ledger as it was at this change or moment, to be read only; see `kg.store.past.as_of`.

    Raises:
        InputError: the store must exist and doesn't, code "store.missing".
        BackendError: the store can't be opened, as `kg.store.sqlite.open_sqlite` says.
    """
    with ExitStack() as opened:
        store = opened.enter_context(open_store(location, access=access))
        if as_of is not None:
            from kg.store.past import as_of as past_of

            store = opened.enter_context(past_of(store, as_of, fold=shadow_of))
        yield Ledger(store, extract=extract, clock=now, who=who)


@contextmanager
def open_store(location: StoreLocation, *, access: Access) -> Iterator[Store]:
    """Open the store at a place and close it afterwards; the same errors as `open_ledger`."""
    if location.is_server:
        with closing(_server_store(location)) as store:
            yield store
        return
    if access is Access.CREATE:
        _make_folder(location)
    elif not location.path.exists():
        raise InputError(
            "store.missing",
            f"there is no store at {location}: read an article into it first, with kaozheng ingest FILE",
            path=location.place,
        )
    with open_sqlite(location.path, fold=shadow_of, read_only=access is Access.READ) as store:
        yield store


def neo4j_address(place: str) -> "Address":
    """Return the parts of a Neo4j address, the login from the environment where the address has none.

    Raises:
        InputError: it is no such address, code "neo4j.uri".
    """
    from kg.neo4j.connection import address_of

    user, password = map(os.environ.get, LOGIN_VARIABLES)
    return address_of(place, user=user, password=password)


def _server_store(location: StoreLocation) -> "Neo4jStore":
    from kg.store.neo4j import open_neo4j

    return open_neo4j(neo4j_address(location.place), fold=shadow_of)


def _make_folder(location: StoreLocation) -> None:
    try:
        location.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "store.unreachable",
            f"no store can be made at {location} ({error.strerror}): name another place with --store",
            path=location.place,
        ) from error
