"""The folded text of a reading with its words: what every rule of mention looks at."""

from dataclasses import dataclass

from extract.actors.base import ActorBase
from extract.actors.rules import MentionRules, PersonRules, mention_rules, person_rules
from extract.actors.scripts import fold_dots
from extract.actors.words import WordMap
from extract.reading import Reading
from schemas.actor import ActorType


@dataclass(frozen=True, slots=True)
class ActorText:
    """A reading as the rules of mention see it."""

    reading: Reading
    folded: str
    words: WordMap
    persons: PersonRules
    mentions: MentionRules
    base: ActorBase

    @classmethod
    def of(cls, reading: Reading, base: ActorBase) -> "ActorText":
        """Return the view of a reading with the shipped rules and this base."""
        return cls(reading, fold_dots(reading.shadow), WordMap.of(reading.words), person_rules(), mention_rules(), base)

    def before(self, offset: int, length: int = 1) -> str:
        """Return up to `length` characters in front of the offset."""
        return self.folded[max(0, offset - length) : offset]

    def after(self, offset: int, length: int = 1) -> str:
        """Return up to `length` characters from the offset on."""
        return self.folded[offset : offset + length]

    def is_place(self, name: str) -> bool:
        """Return whether the base knows the folded name as a country or region."""
        return any(entry.record.actor_type is ActorType.PLACE for entry in self.base.entries.get(name, ()))

    def ends_name(self, offset: int) -> bool:
        """Return whether what stands at the offset can't belong to a name: a mark, a verb of saying, an adverb."""
        following = self.folded[offset : offset + 1]
        return not following or not is_han(following) or self.persons.follow.match(self.folded, offset) is not None


def is_han(character: str) -> bool:
    """Return whether the character is a Chinese one.

    Example:
        >>> is_han("電"), is_han("A"), is_han("，")
        (True, False, False)
    """
    return "\u3400" <= character <= "\u9fff"
