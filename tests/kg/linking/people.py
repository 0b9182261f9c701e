"""Actors of our own for the tests of linking, and judgements of them."""

from datetime import UTC, datetime, timedelta

from kg.linking.profiles import Profile
from schemas.actor import Actor, ActorType, Judgement, JudgementValue, Name, judgement_of

START = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def profile(actor_id: str, *names: str, actor_type: ActorType = ActorType.PERSON, **more: object) -> Profile:
    shown = {name.lower(): name for name in names or (actor_id,)}
    return Profile(actor_id, actor_type, is_provisional=bool(more.pop("is_provisional", True)), names=shown, **more)  # type: ignore[arg-type]


def firm(actor_id: str, *names: str, **more: object) -> Profile:
    return profile(actor_id, *names, actor_type=ActorType.ORGANISATION, **more)


def actor(actor_id: str, *names: str, is_provisional: bool = True, actor_type: ActorType = ActorType.PERSON) -> Actor:
    told = tuple(Name(text=name, script="en" if name.isascii() else "zh-Hant") for name in names or (actor_id,))
    return Actor(actor_id=actor_id, actor_type=actor_type, names=told, is_provisional=is_provisional)


def judged(one: str, other: str, value: JudgementValue = JudgementValue.SAME, *, minute: int = 0) -> Judgement:
    return judgement_of((one, other), value, who="editor", why="test", at=START + timedelta(minutes=minute))
