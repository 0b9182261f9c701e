"""A store as it was: the state that its log folded to at an earlier change, asked like the present one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.store.loading import load_sqlite
from kg.store.protocol import Store
from kg.store.sqlite import SqliteStore, open_sqlite
from schemas.errors import InputError
from schemas.graph import Change, LoggedChange


@contextmanager
def as_of(store: Store, moment: int | datetime, *, fold: Callable[[str], str]) -> Iterator[SqliteStore]:
    """Lend a store, to be read only, that holds what this one held at a moment.

    The log up to there is loaded into a file of its own, on any engine, so that every query, order and page means the
    same as now; it is gone afterwards. That takes as long as a bulk load. What one element was is in its history.

    Args:
        store: any store; others may write to it meanwhile.
        moment: the sequence of the last change that counts, 0 for before them all; or a point in time, with its zone:
            then the log counts up to the first change that was recorded later.
        fold: the folding that the store is opened with.

    Raises:
        InputError: the moment lies before the log or has no zone, code "store.moment".

    Example:
        >>> import tempfile
        >>> from schemas.graph import NodeLabel, Query
        >>> with tempfile.TemporaryDirectory() as folder, open_sqlite(f"{folder}/a.db", fold=str.strip) as store:
        ...     with as_of(store, 0, fold=str.strip) as past:
        ...         past.find(Query(label=NodeLabel.CLAIM)).items
        ()
    """
    changes = _changes_until(store, moment)
    with TemporaryDirectory(prefix="kaozheng-past-") as folder:
        path = Path(folder) / "past.db"
        load_sqlite(path, changes, fold=fold)
        with open_sqlite(path, fold=fold, read_only=True) as past:
            yield past


def _changes_until(store: Store, moment: int | datetime) -> Iterator[Change]:
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise InputError("store.moment", f"{moment.isoformat()} has no zone: write it like 2025-03-20T12:00+08:00")
    elif moment < 0:
        raise InputError("store.moment", f"there is no change {moment}: the log begins at 1, give 0 for before it")
    counts = _recorded_by(moment) if isinstance(moment, datetime) else _numbered_to(moment)
    return (logged.change for logged in takewhile(counts, store.log()))


def _recorded_by(moment: datetime) -> Callable[[LoggedChange], bool]:
    return lambda logged: logged.change.recorded_at <= moment


def _numbered_to(sequence: int) -> Callable[[LoggedChange], bool]:
    return lambda logged: logged.sequence <= sequence
