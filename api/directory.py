"""Who is who: what was judged of actors, what might be judged, and which names editors gave."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, reduce
from typing import Generic, TypeVar

from api.views import ActorView
from extract.actors.aliases import GivenName, check_name, with_names
from extract.actors.base import ActorBase, load_base
from extract.actors.lint import simplified_only
from extract.normalize import shadow_of
from kg import ledger
from kg.linking import recording
from kg.linking.identity import Identities
from kg.linking.profiles import NOBODY, folded_name, profiles_of
from kg.linking.suggestions import Suggestion, suggest
from kg.store.protocol import Store
from schemas.actor import Actor, Judgement, JudgementValue, Name, judgement_of
from schemas.errors import ConflictError, InputError, NotFoundError
from schemas.graph import Node, NodeLabel, Query

ALL = 1000
"""Page size for reading everything: the largest a query takes."""
ANY_SCORE = 0.01
"""The least that may be asked for: below it a pair has nothing to say for itself."""
MOMENT = timedelta(microseconds=1)
"""The least that a judgement is later than the one it takes the place of, whatever the clock says."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where changes are written from: who writes, by which clock, and what keeps other writers out meanwhile."""

    who: str
    clock: Callable[[], datetime]
    writing: AbstractContextManager[object]


class _Kept(Generic[Value]):
    """A value worked out from a store, kept until its log grows, whoever writes to it."""

    def __init__(self, store: Store, work_out: Callable[[], Value]) -> None:
        self._store = store
        self._work_out = work_out
        self._kept: tuple[int, Value] | None = None

    def __call__(self) -> Value:
        # The sequence is read first: what is written in between makes the value be worked out again.
        sequence = self._store.last_sequence
        kept = self._kept
        if kept is None or kept[0] != sequence:
            kept = self._kept = (sequence, self._work_out())
        return kept[1]


class Directory:
    """The actors of a store, under one id each.

    Args:
        store: the graph.
        desk: who writes, when, and under which lock.
    """

    def __init__(self, store: Store, desk: Desk) -> None:
        self._store = store
        self._desk = desk
        self._identities = _Kept(store, lambda: recording.read_identities(store))
        self._suggestions = _Kept(store, self._find_suggestions)
        self._base = _Kept(store, self._read_base)

    def identities(self) -> Identities:
        """Return which ids mean the same actor.

        Raises:
            ConflictError: judgements contradict each other, code "linking.contradiction".
        """
        return self._identities()

    def base(self) -> ActorBase | None:
        """Return the actor base with the names that editors gave; None where they gave none."""
        return self._base()

    def expanded(self, query: Query) -> Query:
        """Return a query that finds the claims of an actor under all its ids."""
        members = self.identities().members(query.actor_id) if query.actor_id is not None else ()
        return query.model_copy(update={"actor_id": None, "actor_ids": members}) if len(members) > 1 else query

    def actor(self, actor_id: str) -> ActorView:
        """Return an actor under its canonical id, with the names of all ids merged into it.

        Raises:
            NotFoundError: there is none of that id, code "actor.unknown".
        """
        if self._node(actor_id) is None:
            raise _unknown(actor_id)
        members = self.identities().members(actor_id)
        actor = reduce(ledger.merged_actor, map(ledger.actor_of, self._store.nodes(members)))
        return ActorView(actor=actor, name=actor.caption, actor_ids=members)

    def shown(self, actor_ids: set[str]) -> dict[str, tuple[str, str]]:
        """Return, for each id that is there, the id and the name under which its actor is shown."""
        identities = self.identities()
        canonical = {actor_id: identities.canonical(actor_id) for actor_id in sorted(actor_ids)}
        names = {n.node_id: ledger.actor_of(n).caption for n in self._store.nodes(list(canonical.values()))}
        return {i: (shown_id, names[shown_id]) for i, shown_id in canonical.items() if shown_id in names}

    def suggestions(self, *, least_score: float, limit: int) -> tuple[Suggestion, ...]:
        """Return pairs of actors that might be one, the likeliest first; those judged already are left out."""
        return tuple(one for one in self._suggestions() if one.score >= least_score)[:limit]

    def judge(self, pair: tuple[str, str], value: JudgementValue, *, why: str, who: str | None = None) -> Judgement:
        """Record what somebody decided of two actors; the judgement that stands already is given back as it is.

        Raises:
            NotFoundError: neither the store nor the actor base holds one of them, code "actor.unknown".
            InputError: they are one id, or one is a speaker that is nobody in particular; codes
                "linking.one_actor", "linking.nobody".
            ConflictError: it contradicts what was judged of others, code "linking.contradiction".
        """
        first, second = sorted(pair)
        if first == second:
            raise InputError("linking.one_actor", f"{first} and {second} are one id: name two actors")
        nobody = next((actor_id for actor_id in pair if actor_id in NOBODY), None)
        if nobody is not None:
            raise InputError("linking.nobody", f"{nobody} stands for no single actor and can't be another: name one")
        new = [actor for actor_id in pair if (actor := self._new_actor(actor_id)) is not None]
        with self._desk.writing:
            past = recording.judgements_in(self._store)
            standing = recording.settled(self._store, past).standing.get((first, second))
            if standing is not None and standing.value is value:
                return standing
            now = self._desk.clock()
            at = now if standing is None else max(now, standing.judged_at + MOMENT)
            judgement = judgement_of(pair, value, who=who or self._desk.who, why=why, at=at)
            recording.settled(self._store, [*past, judgement])
            self._store.apply(recording.changes_of_judgement(judgement, new=new))
        return judgement

    def give_name(self, actor_id: str, text: str, *, who: str | None = None) -> ActorView:
        """Give an actor a name; texts that are read from now on are searched for it.

        Raises:
            NotFoundError: neither the store nor the actor base holds the actor, code "actor.unknown".
            InputError: the name can't be looked for, codes of `extract.actors.aliases.check_name`.
            ConflictError: it is another actor's name already, code "alias.taken".
        """
        check_name(text, actor_id, load_base())
        with self._desk.writing:
            before = self._node(actor_id)
            actor = ledger.actor_of(before) if before is not None else _base_actor(actor_id)
            self._check_free(text, actor_id)
            name = Name(text=text, script=_script_of(text))
            writer, now = who or self._desk.who, self._desk.clock()
            self._store.apply(recording.changes_of_alias(actor, name, before=before, who=writer, at=now))
        return self.actor(actor_id)

    def take_name(self, actor_id: str, text: str, *, who: str | None = None) -> ActorView:
        """Take a name back that an editor gave; texts that are read from now on are not searched for it.

        Raises:
            NotFoundError: no editor gave the actor this name, code "alias.unknown".
        """
        with self._desk.writing:
            given = {(alias.actor_id, alias.name.text): alias for alias in recording.aliases_in(self._store)}
            alias, actor = given.get((actor_id, text)), self._node(actor_id)
            if alias is None or actor is None:
                names = "、".join(name for owner, name in given if owner == actor_id) or "none"
                message = f"no editor called {actor_id} {text}: names that editors gave it are {names}"
                raise NotFoundError("alias.unknown", message, id=actor_id)
            writer, now = who or self._desk.who, self._desk.clock()
            self._store.apply(recording.changes_of_withdrawal(alias, actor, who=writer, at=now))
        return self.actor(actor_id)

    def _check_free(self, text: str, actor_id: str) -> None:
        identities = self.identities()
        folded = folded_name(text, shadow_of)
        for other in self._actors_with(text):
            is_other = identities.canonical(other.actor_id) != identities.canonical(actor_id)
            if is_other and any(folded_name(name.text, shadow_of) == folded for name in other.names):
                raise ConflictError(
                    "alias.taken",
                    f"{text} is a name of {other.actor_id} already: if both are one, run "
                    f"kaozheng actors merge {actor_id} {other.actor_id}; else give another name",
                    actor_id=other.actor_id,
                )

    def _actors_with(self, text: str) -> list[Actor]:
        query: Query | None = Query(label=NodeLabel.ACTOR, text=text, limit=ALL)
        found: list[Actor] = []
        while query is not None:
            page = self._store.find(query)
            found += map(ledger.actor_of, page.items)
            query = query.model_copy(update={"cursor": page.next_cursor}) if page.next_cursor else None
        return found

    def _find_suggestions(self) -> tuple[Suggestion, ...]:
        identities = self.identities()
        profiles = profiles_of(self._store, identities, fold=shadow_of, known=_base_actors())
        return suggest(profiles, identities, least_score=ANY_SCORE)

    def _read_base(self) -> ActorBase | None:
        aliases = recording.aliases_in(self._store)
        types = {n.node_id: ledger.actor_of(n).actor_type for n in self._store.nodes([a.actor_id for a in aliases])}
        given = [GivenName(a.name.text, a.actor_id, types[a.actor_id]) for a in aliases]
        return with_names(load_base(), given) if given else None

    def _new_actor(self, actor_id: str) -> Actor | None:
        """Return the actor of the base that no text named yet; None where the store holds it."""
        return None if self._node(actor_id) is not None else _base_actor(actor_id)

    def _node(self, actor_id: str) -> Node | None:
        return next((node for node in self._store.nodes([actor_id]) if node.label is NodeLabel.ACTOR), None)


@cache
def _base_actors() -> tuple[Actor, ...]:
    return tuple(map(load_base().actor, load_base().records))


def _base_actor(actor_id: str) -> Actor:
    base = load_base()
    if actor_id not in base.records:
        raise _unknown(actor_id)
    return base.actor(actor_id)


def _unknown(actor_id: str) -> NotFoundError:
    return NotFoundError("actor.unknown", f"there is no actor {actor_id}: list them first", id=actor_id)


def _script_of(text: str) -> str:
    if text.isascii():
        return "en"
    return "zh-Hans" if simplified_only() & set(text) else "zh-Hant"
