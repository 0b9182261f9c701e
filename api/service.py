"""The use cases, free of any web framework or terminal: read, keep, find, resolve, publish."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final, Protocol

from api import VERSION
from api.directory import Desk, Directory
from api.explaining import forecast_words_of, grounds_of
from api.relations import Relations
from api.views import (
    ActorView,
    ClaimDetail,
    ClaimView,
    DocumentView,
    Imported,
    Ingested,
    PageView,
    RecordsView,
    SpeakerView,
    passage_of,
    view_of_document,
)
from extract.actors.base import ActorBase
from extract.normalize import shadow_of
from kg import ledger
from kg.resolution.due import Due, select_due
from kg.resolution.record import track_records
from kg.resolution.resolver import Report, resolve_all
from kg.store.paging import every
from kg.store.past import as_of
from kg.store.protocol import Store
from schemas.actor import AUTHOR
from schemas.claim import Claim, ClaimKind
from schemas.errors import BackendError, InputError, NotFoundError
from schemas.evidence import Observation, Resolution
from schemas.extraction import Extraction
from schemas.graph import Node, NodeLabel, Query
from schemas.text import Document

ALL = 1000
"""Page size for reading everything: the largest a query takes."""
REPLAYED: Final = 100_000
"""Changes that are replayed for a look back at the most: that takes some eight seconds (two cores, shared)."""


class Extract(Protocol):
    """Reads a document; may be called by several threads at once."""

    def __call__(self, document: Document, *, base: ActorBase | None = None) -> Extraction:
        """Return what a document says; `base` are the actors that are known, the shipped ones where None."""
        ...


class Ledger:
    """A store with what reads articles into it.

    Args:
        store: where the graph is kept.
        extract: reads a document.
        clock: the present moment, with its zone; nothing below the api layer asks for it.
        who: the name that changes are recorded under; with the version of the program where it reads or settles.

    Attributes:
        store: the graph itself.
        directory: who is who in it.
        relations: how its claims stand to each other.
    """

    def __init__(self, store: Store, *, extract: Extract, clock: Callable[[], datetime], who: str) -> None:
        self.store = store
        self._extract = extract
        self._clock = clock
        self._who = who
        self._program = f"kaozheng {VERSION} ({who})"
        # Changes are worked out from the present state: nobody else may change it in between.
        self._writing = threading.Lock()
        desk = Desk(who=who, clock=clock, writing=self._writing)
        self.directory = Directory(store, desk)
        self.relations = Relations(store, self.directory, desk=desk, views=self.views_by_id)

    @contextmanager
    def at(self, moment: int | datetime | None) -> Iterator["Ledger"]:
        """Lend the ledger as it was at a moment, to be read only; this one where no moment is given.

        The log is replayed for each call: for screens and single questions, not for bulk.

        Raises:
            InputError: there is more to replay than `REPLAYED`, code "store.past_too_long", or the moment is none, as
                `kg.store.past.as_of` says.
        """
        if moment is None:
            yield self
            return
        changes = self.store.last_sequence
        changes = min(changes, moment) if isinstance(moment, int) else changes
        if changes > REPLAYED:
            message = (
                f"{changes} changes would be replayed, {REPLAYED} at the most: ask kaozheng claims --as-of instead"
            )
            raise InputError("store.past_too_long", message, changes=changes)
        with as_of(self.store, moment, fold=shadow_of) as past:
            yield Ledger(past, extract=self._extract, clock=self._clock, who=self._who)

    def extract(self, document: Document) -> Extraction:
        """Return what a document says, with the names that editors gave; nothing is kept."""
        return self._extract(document, base=self.directory.base())

    def ingest(self, document: Document) -> Ingested:
        """Read a document into the store; a document that is already in is left as it is.

        Raises:
            BackendError: the store can't be written; nothing of the document is in it then.
        """
        if self._is_known(document):
            return self._known(document)
        extraction = self.extract(document)
        with self._writing:
            if self._is_known(document):
                return self._known(document)
            others = self._other_publications(extraction)
            reading = ledger.changes_of_extraction(extraction, self.store, who=self._program, at=self._clock())
            self.store.apply([*reading, *self.relations.beside(extraction, reading)])
        return Ingested(
            document_id=document.document_id,
            title=document.publication.title,
            published=document.published,
            is_new=True,
            claims=len(extraction.claims),
            predictions=sum(c.kind is ClaimKind.PREDICTION for c in extraction.claims),
            skipped=len(extraction.skipped),
            warnings=extraction.warnings,
            other_publications=others,
        )

    def documents(self, query: Query) -> PageView[DocumentView]:
        """Return a page of documents without their texts."""
        page = self.store.find(query)
        items = tuple(view_of_document(ledger.document_of(node)) for node in page.items)
        return PageView(items=items, next_cursor=page.next_cursor)

    def document(self, document_id: str) -> Document:
        """Return a document with its text.

        Raises:
            NotFoundError: there is none of that id, code "document.unknown".
        """
        return ledger.document_of(self._node(document_id, NodeLabel.DOCUMENT))

    def claims(self, query: Query) -> PageView[ClaimView]:
        """Return a page of claims with speakers' names and documents; those of an actor under all its ids."""
        page = self.store.find(self.directory.expanded(query))
        claims = [ledger.claim_of(node) for node in page.items]
        return PageView(items=tuple(self._views(claims)), next_cursor=page.next_cursor)

    def claim(self, claim_id: str) -> ClaimDetail:
        """Return a claim with its passage, outcomes and history.

        Raises:
            NotFoundError: there is none of that id, code "claim.unknown".
        """
        claim = ledger.claim_of(self._node(claim_id, NodeLabel.CLAIM))
        view, document = next(iter(self._views([claim]))), self.document(claim.document_id)
        return ClaimDetail(
            claim=claim,
            speakers=view.speakers,
            document=view.document,
            passage=passage_of(document, claim),
            grounds=grounds_of(document, claim),
            forecast_words=forecast_words_of(document, claim),
            resolutions=tuple(self.resolutions_of(claim_id)),
            relations=self.relations.of_claim(claim_id),
            history=self.store.history(claim_id),
        )

    def actors(self, query: Query) -> PageView[ActorView]:
        """Return a page of actors as they were met, each with all ids of its actor and the name that is shown."""
        page = self.store.find(query)
        actors = [ledger.actor_of(node) for node in page.items]
        identities = self.directory.identities()
        shown = self.directory.shown({actor.actor_id for actor in actors})
        items = tuple(
            ActorView(actor=a, name=shown[a.actor_id][1], actor_ids=identities.members(a.actor_id)) for a in actors
        )
        return PageView(items=items, next_cursor=page.next_cursor)

    def actor(self, actor_id: str) -> ActorView:
        """Return an actor under its canonical id, with the names of all ids merged into it.

        Raises:
            NotFoundError: there is none of that id, code "actor.unknown".
        """
        return self.directory.actor(actor_id)

    def resolutions(self, query: Query) -> PageView[Resolution]:
        """Return a page of resolutions, as they were recorded."""
        page = self.store.find(query)
        items = tuple(ledger.resolution_of(node) for node in page.items)
        return PageView(items=items, next_cursor=page.next_cursor)

    def resolutions_of(self, claim_id: str) -> list[Resolution]:
        """Return every outcome recorded for a claim, oldest day first."""
        query = Query(label=NodeLabel.RESOLUTION, claim_id=claim_id, limit=ALL)
        return sorted((ledger.resolution_of(n) for n in self.each(query)), key=lambda r: (r.as_of, r.resolution_id))

    def import_observations(self, observations: Sequence[Observation]) -> Imported:
        """Keep realised figures; a figure that is in with another value is corrected, and the log keeps both."""
        with self._writing:
            present = {
                node.node_id: ledger.observation_of(node)
                for node in self.store.nodes([o.observation_id for o in observations])
            }
            self.store.apply(
                ledger.changes_of_observations(observations, store=self.store, who=self._who, at=self._clock())
            )
        known = sum(present.get(o.observation_id) == o for o in observations)
        new = sum(o.observation_id not in present for o in observations)
        return Imported(new=new, known=known, corrected=len(observations) - new - known)

    def observations(self) -> list[Observation]:
        """Return all realised figures in the store."""
        return [ledger.observation_of(n) for n in self.each(Query(label=NodeLabel.OBSERVATION, limit=ALL))]

    def due(self, as_of: date) -> tuple[Due, ...]:
        """Return the predictions that a day's figures may settle otherwise than their last outcome says, and why."""
        return select_due(self.predictions(), self.outcomes(), self.observations(), as_of=as_of)

    def resolve(self, as_of: date, *, only_due: bool = False) -> Report:
        """Resolve predictions on what was released by a day, and record what came out.

        Running it again on the same day and data records nothing new.

        Args:
            as_of: the day, end of day.
            only_due: leave out what was decided already and what no new figure touches; all of them are resolved else.
        """
        claims = (due.claim for due in self.due(as_of)) if only_due else self.predictions()
        report = resolve_all(claims, self.observations(), as_of=as_of)
        with self._writing:
            self.store.apply(
                ledger.changes_of_resolutions(report.resolutions, store=self.store, who=self._program, at=self._clock())
            )
        return report

    def records(self, *, as_of: date | None = None, actor_id: str | None = None) -> RecordsView:
        """Return what speakers' forecasts came to, each question once, by the outcomes that were recorded.

        Those with most questions come first. Actors who were merged are one speaker.

        Args:
            as_of: the day, end of day; today where None.
            actor_id: only this actor, under any of its ids.

        Raises:
            NotFoundError: there is no such actor, code "actor.unknown".
        """
        if actor_id is not None:
            self.directory.actor(actor_id)
        day, identities = as_of or self._clock().date(), self.directory.identities()
        found = track_records(self.predictions(), self.outcomes(), as_of=day, identities=identities)
        wanted = identities.canonical(actor_id) if actor_id is not None else None
        kept = [record for record in found if wanted in (None, record.speaker_id)]
        shown = self.directory.shown({record.speaker_id for record in kept})
        return RecordsView(
            as_of=day,
            items=tuple(sorted(kept, key=lambda record: -record.groups)),
            names={node_id: AUTHOR if node_id == name else name for node_id, (_, name) in shown.items()},
        )

    def predictions(self) -> Iterator[Claim]:
        """Yield all claims of kind prediction."""
        return map(ledger.claim_of, self.each(Query(label=NodeLabel.CLAIM, kind=ClaimKind.PREDICTION, limit=ALL)))

    def outcomes(self) -> Iterator[Resolution]:
        """Yield all outcomes that were recorded."""
        return map(ledger.resolution_of, self.each(Query(label=NodeLabel.RESOLUTION, limit=ALL)))

    def each(self, query: Query) -> Iterator[Node]:
        """Yield all nodes a query finds, page after page."""
        yield from every(self.store, query)

    def views_by_id(self, claim_ids: Sequence[str]) -> dict[str, ClaimView]:
        """Return the views of the claims of these ids that are there."""
        claims = [ledger.claim_of(node) for node in self.store.nodes(claim_ids)]
        return {view.claim.claim_id: view for view in self._views(claims)}

    def _views(self, claims: Sequence[Claim]) -> Iterator[ClaimView]:
        node_ids = {ledger.speaker_node_id(s, c.document_id) for c in claims for s in c.attribution.speakers}
        shown = self.directory.shown(node_ids)
        documents = {
            node.node_id: view_of_document(ledger.document_of(node))
            for node in self.store.nodes(sorted({c.document_id for c in claims}))
        }
        for claim in claims:
            speakers = dict.fromkeys(_speaker_view(s, claim.document_id, shown) for s in claim.attribution.speakers)
            yield ClaimView(claim=claim, speakers=tuple(speakers), document=documents[claim.document_id])

    def _node(self, node_id: str, label: NodeLabel) -> Node:
        found = [node for node in self.store.nodes([node_id]) if node.label is label]
        if not found:
            kind = label.value.lower()
            raise NotFoundError(f"{kind}.unknown", f"there is no {kind} {node_id}: list them first", id=node_id)
        return found[0]

    def _is_known(self, document: Document) -> bool:
        return bool(self.store.nodes([document.document_id]))

    def _known(self, document: Document) -> Ingested:
        query = Query(label=NodeLabel.CLAIM, document_id=document.document_id, limit=ALL)
        claims = [ledger.claim_of(node) for node in self.each(query)]
        return Ingested(
            document_id=document.document_id,
            title=document.publication.title,
            published=document.published,
            is_new=False,
            claims=len(claims),
            predictions=sum(c.kind is ClaimKind.PREDICTION for c in claims),
            skipped=0,
        )

    def _other_publications(self, extraction: Extraction) -> tuple[str, ...]:
        """Return the documents in the store with the same text: a text is found by what it claims, not by itself.

        Several claims are looked for, since under another date some are cut otherwise.
        """
        longest = sorted({claim.text for claim in extraction.claims}, key=len, reverse=True)[:_PROBES]
        queries = (Query(label=NodeLabel.CLAIM, text=words, limit=ALL) for words in longest)
        alike = [node for query in queries for node in self.each(query)]
        document_ids = sorted({ledger.claim_of(node).document_id for node in alike})
        text = extraction.document.text
        return tuple(n.node_id for n in self.store.nodes(document_ids) if ledger.document_of(n).text == text)


_PROBES = 8  # claims, the longest, that another publication of a text is looked for by


def _speaker_view(speaker: str, document_id: str, shown: Mapping[str, tuple[str, str]]) -> SpeakerView:
    """Return a speaker as shown; the author of an article stays the author unless it was merged into somebody."""
    node_id = ledger.speaker_node_id(speaker, document_id)
    if node_id not in shown:
        message = f"a claim of {document_id} names {speaker}, who is not there: the store is damaged, restore a backup"
        raise BackendError("store.corrupt", message, document_id=document_id)
    shown_id, name = shown[node_id]
    if speaker == AUTHOR and name == node_id:
        name = AUTHOR  # nobody is named, and an id is no name
    return SpeakerView(actor_id=speaker if shown_id == node_id else shown_id, name=name)
