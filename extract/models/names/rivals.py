"""What finds names without training: LAC's words, and our rules of mention; in the terms of the treebank."""

from collections.abc import Iterable
from typing import Final

from extract.actors import ActorLayer
from extract.models.names.treebank import NamedSpan, NameType
from extract.reading import Reading
from schemas.actor import ActorType

TYPE_OF: Final[dict[ActorType, NameType]] = {
    ActorType.PERSON: "PER",
    ActorType.ORGANISATION: "ORG",
    ActorType.GOVERNMENT: "ORG",
    ActorType.MEDIA: "ORG",
    ActorType.PLACE: "LOC",
}
"""Our types of actors as the treebank's types of names."""
_ENTITIES: Final[dict[str, NameType]] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def names_by_tagger(reading: Reading) -> frozenset[NamedSpan]:
    """Return the words that the tagger takes for names."""
    words = ((word, _ENTITIES.get(word.entity)) for word in reading.words)
    return frozenset(NamedSpan(word.start, word.end, name_type) for word, name_type in words if name_type)


def names_by_rules(layer: ActorLayer) -> frozenset[NamedSpan]:
    """Return the mentions of actors as names."""
    return frozenset(NamedSpan(tag.span.start, tag.span.end, TYPE_OF[tag.actor_type]) for tag in layer.tags)


def joined(first: frozenset[NamedSpan], second: Iterable[NamedSpan]) -> frozenset[NamedSpan]:
    """Return the first names with those of the second that overlap none of them.

    Example:
        >>> one, other = NamedSpan(0, 3, "ORG"), NamedSpan(2, 4, "LOC")
        >>> joined(frozenset([one]), [other]) == {one}
        True
    """
    taken = {at for name in first for at in range(name.start, name.end)}
    return first | {name for name in second if taken.isdisjoint(range(name.start, name.end))}
