"""The use cases of relations: beside what is read, of one claim, of a target, of the whole store."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from api.directory import Desk, Directory
from api.relation_views import ConsensusView, RelationView, Renewed
from api.views import ClaimView
from kg.ledger import Note
from kg.relations.consensus import Consensus, consensus_of
from kg.relations.recording import AMONG_CLAIMS, changes_beside, claims_on, houses_of
from kg.relations.renewing import changes_of_all
from kg.store.protocol import Store
from kg.worth import changes_of_all_worth, changes_of_worth
from schemas.actor import ANALYSTS
from schemas.extraction import Extraction
from schemas.graph import Change, Edge

BATCH: Final = 5000
"""Changes in one transaction when all relations are worked out anew; a run that was stopped goes on when repeated."""
WHY: Final = "relate claims"

Views = Callable[[Sequence[str]], dict[str, ClaimView]]
"""Gives the views of claims by id."""


class Relations:
    """How the claims of a store stand to each other.

    Args:
        store: the graph.
        directory: who is who in it.
        desk: who writes, when, and under which lock.
        views: gives the views of claims by id.
    """

    def __init__(self, store: Store, directory: Directory, *, desk: Desk, views: Views) -> None:
        self._store = store
        self._directory = directory
        self._desk = desk
        self._views = views

    def beside(self, extraction: Extraction, reading: Sequence[Change]) -> list[Change]:
        """Return the changes that relate what was just read, to be written together with what brings it in."""
        note = self._note()
        changes = changes_beside(
            extraction, reading, store=self._store, identities=self._directory.identities(), note=note
        )
        return [*changes, *changes_of_worth([*reading, *changes], store=self._store, note=note)]

    def of_claim(self, claim_id: str) -> tuple[RelationView, ...]:
        """Return how a claim stands to others, by kind of relation, the last said first."""
        edges = [edge for edge in self._store.edges(claim_id) if edge.edge_type in AMONG_CLAIMS]
        views = self._views([_other(edge, claim_id) for edge in edges])
        found = [_relation_view(edge, claim_id, views[_other(edge, claim_id)]) for edge in edges]
        found.sort(key=lambda view: (view.said_on or date.min, view.claim_id), reverse=True)
        return tuple(sorted(found, key=lambda view: view.relation))

    def consensus(
        self, target_id: str, *, window: tuple[date | None, date | None] = (None, None), as_of: date | None = None
    ) -> ConsensusView:
        """Return what is forecast for a target, an item each window, shape, basis and unit; most voices first.

        Args:
            target_id: the target; those below it are not counted in.
            window: the first and the last day of the window that is asked for; None for any.
            as_of: the day on which it is held; each item's own last forecast where it is left out.
        """
        identities = self._directory.identities()
        claims = claims_on(self._store, target_id, identities)
        items = consensus_of(claims, is_house=houses_of(self._store, identities), as_of=as_of)
        wanted = tuple(item for item in items if _is_for(item, window))
        return ConsensusView(target_id=target_id, items=wanted, names=self._names(wanted))

    def renew(self) -> Renewed:
        """Work all relations out anew, and write down what changed; doing it twice changes nothing."""
        with self._desk.writing:
            identities = self._directory.identities()
            changes = changes_of_all(self._store, identities=identities, note=self._note())
            self._apply(changes)
            self._apply(changes_of_all_worth(self._store, note=self._note()))
        added = sum(change.before is None for change in changes)
        removed = sum(change.after is None for change in changes)
        return Renewed(added=added, changed=len(changes) - added - removed, removed=removed)

    def _apply(self, changes: Sequence[Change]) -> None:
        for start in range(0, len(changes), BATCH):
            self._store.apply(changes[start : start + BATCH])

    def _note(self) -> Note:
        return Note(self._desk.who, self._desk.clock(), WHY)

    def _names(self, items: Sequence[Consensus]) -> dict[str, str]:
        """Return the names of all voices; unnamed analysts of whatever article are called as analysts are."""
        actor_of = {voice: _actor_of(voice) for item in items for held in item.held for voice in held.speakers}
        shown = self._directory.shown(set(actor_of.values()))
        return {voice: shown[actor][1] if actor in shown else voice for voice, actor in sorted(actor_of.items())}


def _actor_of(voice: str) -> str:
    return ANALYSTS if voice.startswith(f"{ANALYSTS}:") else voice


def _is_for(item: Consensus, window: tuple[date | None, date | None]) -> bool:
    pairs = zip(window, (item.window_start, item.window_end), strict=True)
    return all(asked is None or asked == end for asked, end in pairs)


def _other(edge: Edge, claim_id: str) -> str:
    return edge.target_id if edge.source_id == claim_id else edge.source_id


def _relation_view(edge: Edge, claim_id: str, other: ClaimView) -> RelationView:
    return RelationView(
        relation=edge.edge_type,
        is_source=edge.source_id == claim_id,
        reason=str(edge.data.get("reason", "")),
        explanation=str(edge.data.get("explanation", "")),
        claim_id=other.claim.claim_id,
        url=f"/v1/claims/{other.claim.claim_id}",
        text=other.claim.text,
        speakers=tuple(speaker.name for speaker in other.speakers),
        said_on=other.claim.said_on,
    )
