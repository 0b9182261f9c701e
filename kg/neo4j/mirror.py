"""A Neo4j database that follows another store: its change log is replayed, from where the mirror stands."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kg.neo4j.writer import batches
from kg.store.neo4j import Neo4jStore
from kg.store.protocol import Store
from schemas.errors import ConflictError
from schemas.graph import Edge, LoggedChange, Node, element_id

BATCH: Final = 1000
"""Changes a transaction, unless told otherwise; a mirror that is cut off goes on from the end of one."""


@dataclass(frozen=True, slots=True)
class Followed:
    """How many changes were new to the mirror, and up to which sequence it now stands."""

    applied: int
    last_sequence: int


def follow(
    source: Store, mirror: Neo4jStore, *, size: int = BATCH, progress: Callable[[int], None] | None = None
) -> Followed:
    """Bring a mirror up to its source; run it again at any time, after any crash.

    Args:
        source: the store whose log is replayed.
        mirror: an empty store, or one that followed this source before and that nobody else writes.
        size: changes a transaction, 1 or more.
        progress: told the sequence after each transaction: up to there nothing can be lost any more.

    Raises:
        ConflictError: the mirror is ahead of its source, code "mirror.ahead", holds another history,
            "mirror.diverged", or the log has a gap, "mirror.gap"; the mirror is left as it was.
        BackendError: the server is gone, codes of `kg.neo4j.connection.backend_errors`.
    """
    start = last = mirror.last_sequence
    _check_same_history(source, mirror, start)
    for batch in batches(source.log(start), size):
        _check_no_gap(batch, last)
        applied = mirror.apply([logged.change for logged in batch])
        last = batch[-1].sequence
        if applied.last_sequence != last:
            raise _diverged(last)
        if progress is not None:
            progress(last)
    return Followed(applied=last - start, last_sequence=last)


def differences(source: Store, mirror: Store) -> tuple[str, ...]:
    """Return in which ways a mirror is not its source, one line each; empty where they hold the same.

    Both are read whole and compared by checksum, so ask while nobody writes.
    """
    found = []
    if source.counts() != mirror.counts():
        found.append(f"nodes by label: {source.counts()} in the source, {mirror.counts()} in the mirror")
    if checksum(source.all_nodes()) != checksum(mirror.all_nodes()):
        found.append("nodes differ")
    if checksum(source.all_edges()) != checksum(mirror.all_edges()):
        found.append("edges differ")
    return tuple(found)


def checksum(elements: Iterable[Node | Edge]) -> str:
    """Return a digest of elements that neither their order nor the order of keys in their data changes.

    Example:
        >>> checksum([]) == "0" * 64
        True
    """
    total = 0
    for element in elements:
        form = json.dumps([element_id(element), element.model_dump(mode="json")], sort_keys=True)
        total ^= int.from_bytes(hashlib.sha256(form.encode()).digest(), "big")
    return f"{total:064x}"


def _check_same_history(source: Store, mirror: Neo4jStore, sequence: int) -> None:
    """Compare the last change of the mirror with the source's at the same place."""
    if sequence == 0:
        return
    theirs = next(source.log(sequence - 1), None)
    if theirs is None:
        message = f"the mirror stands at change {sequence}, which its source does not have: name the right source"
        raise ConflictError("mirror.ahead", message, sequence=sequence)
    if theirs != next(mirror.log(sequence - 1)):
        raise _diverged(sequence)


def _check_no_gap(batch: list[LoggedChange], last: int) -> None:
    for expected, logged in enumerate(batch, start=last + 1):
        if logged.sequence != expected:
            message = f"the source's log goes from {expected - 1} to {logged.sequence}: restore the source first"
            raise ConflictError("mirror.gap", message, sequence=expected)


def _diverged(sequence: int) -> ConflictError:
    message = f"the mirror holds another history than its source at change {sequence}: empty it and mirror anew"
    return ConflictError("mirror.diverged", message, sequence=sequence)
