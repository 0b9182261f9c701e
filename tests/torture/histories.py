"""What a writer writes under torture: each step follows from its number, so that any prefix can be made anew."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final, Protocol

from api.service import Ledger
from kg.store.protocol import Store
from schemas.graph import Change, Edge, EdgeType, Element, Node, edge_of
from schemas.text import Document, Publication, document_id_of
from tests.contracts.fake_store import FakeStore
from tests.contracts.graphs import NOON, actor, claim, create, document, remove, replace
from tests.torture.readings import read

ALL_SIZES: Final = 7
"""Steps come in this many sizes."""


class History(Protocol):
    """Steps that are written one after the other, each in one transaction."""

    def write(self, store: Store, number: int) -> None:
        """Write one step into a store that holds all before it, perhaps it too."""
        ...

    def step(self, number: int) -> Sequence[Change]:
        """Return the changes that one step makes."""
        ...


class Batches:
    """Batches of changes of every sort: nodes and edges made, changed and removed."""

    def write(self, store: Store, number: int) -> None:
        """Apply one batch."""
        store.apply(self.step(number))

    def step(self, number: int) -> Sequence[Change]:
        """Return the changes of one batch."""
        return list(_batch(number))


class Articles:
    """Articles read into the ledger, one a step."""

    def __init__(self) -> None:
        self._untouched = FakeStore(str)
        self._ends = [0]

    def write(self, store: Store, number: int) -> None:
        """Read one article."""
        moment = NOON + timedelta(seconds=number)
        Ledger(store, extract=read, clock=lambda: moment, who="torture").ingest(_article(number))

    def step(self, number: int) -> Sequence[Change]:
        """Return the changes of one article, as a store in memory has them."""
        while len(self._ends) < number + 2:
            self.write(self._untouched, len(self._ends) - 1)
            self._ends.append(self._untouched.last_sequence)
        start, end = self._ends[number : number + 2]
        return [logged.change for logged in islice(self._untouched.log(start), end - start)]


HISTORIES: Final[dict[str, Callable[[], History]]] = {"batches": Batches, "articles": Articles}


def present(changes: Sequence[Change]) -> dict[str, Element]:
    """Return what is there after these changes, worked out without any store."""
    there: dict[str, Element] = {}
    for change in changes:
        if change.after is None:
            del there[change.element_id]
        else:
            there[change.element_id] = change.after
    return there


def _batch(number: int) -> Iterator[Change]:
    at = NOON + timedelta(seconds=number)
    yield from create(*_made_by(number), at=at)
    if number >= 1:
        yield replace(_claim(number - 1), _claim(number - 1, "聯準會改口降息"), at=at)
    if number >= 2:
        yield remove(_mention(number - 2), at=at)
    if number >= 3:
        yield remove(_speaker(number - 3), at=at)


def _made_by(number: int) -> Iterator[Node | Edge]:
    document_id = f"document-{number}"
    yield document(document_id)
    yield _speaker(number)
    yield _claim(number)
    yield edge_of(EdgeType.STATED_IN, _claim(number).node_id, document_id)
    yield _mention(number)
    for more in range(number % ALL_SIZES):
        extra = claim(f"claim-{number}-{more}", f"台股收高{more}點", document_id=document_id, start=more)
        yield extra
        yield edge_of(EdgeType.STATED_IN, extra.node_id, document_id)


def _claim(number: int, text: str = "聯準會升息一碼") -> Node:
    return claim(f"claim-{number}", text, document_id=f"document-{number}", speakers=(f"speaker-{number}",))


def _speaker(number: int) -> Node:
    return actor(f"speaker-{number}", f"機構{number}")


def _mention(number: int) -> Edge:
    return edge_of(EdgeType.MENTIONS, _claim(number).node_id, _speaker(number).node_id, note=number)


def _article(number: int) -> Document:
    text = f"分析師表示，明年第{number}檔個股將上漲。"
    publication = Publication(title=f"第{number}篇", publisher="示範通訊社", published=NOON.date())
    return Document(document_id=document_id_of(text, publication), text=text, publication=publication)
