"""Those who speak and act: people, organisations, governments, media, places."""

from enum import StrEnum
from typing import Final

from schemas.base import Model
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
