"""Those who speak and act: people, organisations, governments, media, places."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from pydantic import AwareDatetime, model_validator

from schemas.base import Model
from schemas.ids import content_id
from schemas.text import Span

AUTHOR: Final = "author"
"""Speaker of whatever nobody but the article's narrator asserts."""
MARKET: Final = "market"
"""Speaker of 市場普遍認為 and of odds implied by prices."""
ANALYSTS: Final = "analysts"
"""Speaker of what unnamed experts say as a group (分析師, 法人)."""


class ActorType(StrEnum):
    """What sort of actor it is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    MEDIA = "media"
    PLACE = "place"


class NameKind(StrEnum):
    """What a name is good for: a short form or a ticker is not shown as the actor's caption."""

    FULL = "full"
    SHORT = "short"
    TICKER = "ticker"


class Name(Model):
    """A name as written, with its script: `zh-Hant`, `zh-Hans` or `en`."""

    text: str
    script: str
    kind: NameKind = NameKind.FULL


class Actor(Model):
    """One real-world actor. The id is the English name in lower case with hyphens.

    `is_provisional` marks an actor we met in a text only: its id is made from its name.
    """

    actor_id: str
    actor_type: ActorType
    names: tuple[Name, ...]
    wikidata_id: str | None = None
    is_provisional: bool = False

    @property
    def caption(self) -> str:
        """The first full Chinese name, else the first name, else the id."""
        full = [n.text for n in self.names if n.kind is NameKind.FULL and n.script != "en"]
        return (full or [n.text for n in self.names] or [self.actor_id])[0]


class ActorTag(Model):
    """A mention of an actor: the name alone, where it stands in the text."""

    span: Span
    actor_id: str
    actor_type: ActorType


class Employment(Model):
    """A title that the text gives a person, with the employer where it names one."""

    person_id: str
    employer_id: str | None
    title: str
    span: Span


class JudgementValue(StrEnum):
    """What may be decided of two actors; `none` takes an earlier decision back."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    NONE = "none"


class Judgement(Model):
    """What somebody decided of two actors, when, and why; the smaller id stands first.

    Judgements are never changed or removed: a later one of the same two takes the place of the earlier.
    """

    judgement_id: str
    first_id: str
    second_id: str
    value: JudgementValue
    who: str
    why: str
    judged_at: AwareDatetime

    @model_validator(mode="after")
    def _is_of_two_in_order(self) -> Self:
        if self.first_id >= self.second_id:
            raise ValueError("a judgement is of two actors, the smaller id first")
        return self

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids, the smaller first."""
        return self.first_id, self.second_id


def judgement_of(pair: tuple[str, str], value: JudgementValue, *, who: str, why: str, at: datetime) -> Judgement:
    """Return the judgement of two actors with its content id.

    Args:
        pair: the two ids, in any order.
        value: what was decided.
        who: the person or program that decided.
        why: the reason, in words.
        at: when it was decided, with a zone.

    Example:
        >>> from datetime import UTC
        >>> day = datetime(2026, 1, 2, tzinfo=UTC)
        >>> judgement_of(("wilson", "mike-wilson"), JudgementValue.SAME, who="editor", why="one man", at=day).pair
        ('mike-wilson', 'wilson')
    """
    first, second = sorted(pair)
    judgement_id = content_id("judgement", first, second, value.value, who, why, at.isoformat())
    return Judgement(
        judgement_id=judgement_id, first_id=first, second_id=second, value=value, who=who, why=why, judged_at=at
    )


class Alias(Model):
    """A name that an editor gave an actor: from then on texts are searched for it too."""

    alias_id: str
    actor_id: str
    name: Name
