"""Where the parts are put together: which store, which pipeline, which clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from api.service import Ledger
from api.settings import StoreLocation
from extract.normalize import shadow_of
from kg.store.sqlite import open_sqlite
from schemas.errors import InputError
from schemas.extraction import Extraction
from schemas.text import Document

if TYPE_CHECKING:
    from extract.actors.base import ActorBase
    from extract.pipeline import Pipeline


@cache
def pipeline() -> "Pipeline":
    """Return the pipeline, made when first asked for: commands that read no article need not wait for models."""
    from extract.pipeline import Settings, build_pipeline

    return build_pipeline(Settings())


def extract(document: Document, *, base: "ActorBase | None" = None) -> Extraction:
    """Return what a document says; `base` are the actors that are known, the shipped ones where None."""
    return pipeline().extract(document, base=base)


def now() -> datetime:
    """Return the present moment in UTC; the only clock there is."""
    return datetime.now(UTC)


@contextmanager
def open_ledger(location: StoreLocation, *, who: str, must_exist: bool = False) -> Iterator[Ledger]:
    """Open the ledger at a place, to read if it must exist, else to write too; close it afterwards.

    Raises:
        InputError: the store must exist and doesn't, code "store.missing".
        BackendError: the store can't be opened, as `kg.store.sqlite.open_sqlite` says.
    """
    if must_exist and not location.path.exists():
        raise InputError(
            "store.missing",
            f"there is no store at {location}: read an article into it first, with kaozheng ingest FILE",
            path=str(location.path),
        )
    if not must_exist:
        _make_folder(location)
    with open_sqlite(location.path, fold=shadow_of, read_only=must_exist) as store:
        yield Ledger(store, extract=extract, clock=now, who=who)


def _make_folder(location: StoreLocation) -> None:
    try:
        location.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "store.unreachable",
            f"no store can be made at {location} ({error.strerror}): name another place with --store",
            path=str(location.path),
        ) from error
