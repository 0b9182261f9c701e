"""What all predictions of a document share: worked out once, so that each one looks only around itself."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from extract.layers import Layers
from extract.placing import starting_in
from extract.predictions.lexicon import target_words
from extract.reading import Reading
from schemas.actor import ActorTag, ActorType
from schemas.text import Locale, Span

_HOME = {Locale.TAIWAN: "taiwan", Locale.HONG_KONG: "hongkong", Locale.MAINLAND: "china"}
_COMPANIES = frozenset({ActorType.ORGANISATION, ActorType.MEDIA})
_LOOK_BACK = 1500  # characters; what a longer paragraph said before has faded


@dataclass(frozen=True, slots=True)
class Setting:
    """A document as predictions see it.

    Attributes:
        reading: the document.
        layers: its tags.
        bodies: mentions of organisations and media, in text order.
        country: the economy that the document speaks of most.
        starts: where its paragraphs begin, in text order.
    """

    reading: Reading
    layers: Layers
    bodies: tuple[ActorTag, ...]
    body_ids: frozenset[str]
    country: str
    starts: tuple[int, ...]

    def sentence_at(self, position: int) -> Span:
        """Return the sentence that holds a position, or comes next."""
        sentences = self.reading.sentences
        index = bisect_left(sentences, position + 1, key=lambda sentence: sentence.span.end)
        return sentences[min(index, len(sentences) - 1)].span if sentences else Span(start=position, end=position)

    def before(self, position: int) -> Span:
        """Return the paragraph of a position up to it."""
        index = bisect_right(self.starts, position) - 1
        start = self.starts[index] if index >= 0 else 0
        return Span(start=max(start, position - _LOOK_BACK), end=position)

    def last_body_before(self, position: int, left_out: tuple[str, ...]) -> str | None:
        """Return the organisation mentioned last before a position, those that are left out aside."""
        near = starting_in(self.bodies, max(0, position - _LOOK_BACK), position)
        return next((tag.actor_id for tag in reversed(near) if tag.actor_id not in left_out), None)


def setting_of(reading: Reading, layers: Layers) -> Setting:
    """Return what the predictions of a document share."""
    bodies = tuple(tag for tag in layers.actors.tags if tag.actor_type in _COMPANIES)
    counts = Counter(hit.category for hit in target_words().countries.find(reading.shadow))
    paragraphs = groupby(reading.sentences, key=lambda sentence: sentence.paragraph_index)
    return Setting(
        reading=reading,
        layers=layers,
        bodies=bodies,
        body_ids=frozenset(tag.actor_id for tag in bodies),
        country=counts.most_common(1)[0][0] if counts else _HOME[reading.document.locale],
        starts=tuple(next(sentences).span.start for _, sentences in paragraphs),
    )
