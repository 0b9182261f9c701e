"""What all predictions of a document share: worked out once, so that each one looks only around itself."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.layers import Layers
from extract.placing import starting_in, touching
from extract.predictions.lexicon import HOME, target_words
from extract.reading import Reading, paragraphs_of
from schemas.actor import ActorTag, ActorType
from schemas.text import Locale, Span

_HOME = {Locale.TAIWAN: "taiwan", Locale.HONG_KONG: "hongkong", Locale.MAINLAND: "china"}
_CODES = {"united-states": "us", "united-kingdom": "uk", "hong-kong": "hongkong"}
"""Ids of countries that targets write shorter."""
_COMPANIES = frozenset({ActorType.ORGANISATION, ActorType.MEDIA})
_LOOK_BACK = 1500  # characters; what a longer paragraph said before has faded


@dataclass(frozen=True, slots=True)
class Setting:
    """A document as predictions see it.

    Attributes:
        reading: the document.
        layers: its tags.
        bodies: mentions of organisations and media, in text order.
        body_ids: who they are.
        firm_ids: those of them that are companies spoken of, not brokers, institutes or media that speak.
        firm: the company that the document names most; None without any.
        employers: whom the people of the text work for.
        country: the economy that the document speaks of most.
        is_about_economies: whether it names economies far more often than companies.
        places: mentions of countries that have an actor id, in text order.
        starts: where its paragraphs begin, in text order.
    """

    reading: Reading
    layers: Layers
    bodies: tuple[ActorTag, ...]
    body_ids: frozenset[str]
    firm_ids: frozenset[str]
    firm: str | None
    employers: Mapping[str, str]
    country: str
    is_about_economies: bool
    places: tuple[ActorTag, ...]
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

    def earlier(self, position: int) -> Iterator[Span]:
        """Yield where what a proposition is about may be named: its paragraph up to it, the title, what is before."""
        paragraph = self.before(position)
        yield paragraph
        yield self.sentence_at(0)
        yield Span(start=max(0, position - _LOOK_BACK), end=paragraph.start)

    def economies(self, start: int, end: int) -> list[str]:
        """Return the economies named in [start, end), in text order; the money of an amount (90 美元) names none."""
        home = _HOME[self.reading.document.locale]
        words = [
            (hit.start, home if hit.category == HOME else hit.category)
            for hit in target_words().countries.find(self.reading.shadow, start, end)
            if not touching(self.layers.quantities, hit.start, hit.end)
        ]
        places = [
            (tag.span.start, _CODES.get(tag.actor_id, tag.actor_id)) for tag in starting_in(self.places, start, end)
        ]
        return [name for _, name in sorted((*words, *places))]


def setting_of(reading: Reading, layers: Layers) -> Setting:
    """Return what the predictions of a document share."""
    tags = layers.actors.tags
    bodies = tuple(tag for tag in tags if tag.actor_type in _COMPANIES)
    firms = _firms(reading, bodies)
    home = _HOME[reading.document.locale]
    found = target_words().countries.find(reading.shadow)
    spoken = [hit for hit in found if not touching(layers.quantities, hit.start, hit.end)]
    counts = Counter(home if hit.category == HOME else hit.category for hit in spoken)
    return Setting(
        reading=reading,
        layers=layers,
        bodies=bodies,
        body_ids=frozenset(tag.actor_id for tag in bodies),
        firm_ids=frozenset(firms),
        firm=firms.most_common(1)[0][0] if firms else None,
        employers={one.person_id: one.employer_id for one in layers.actors.employments if one.employer_id},
        country=counts.most_common(1)[0][0] if counts else _HOME[reading.document.locale],
        is_about_economies=counts.total() > 3 * firms.total(),
        places=tuple(tag for tag in tags if tag.actor_type is ActorType.PLACE and _is_unlisted(reading, tag)),
        starts=tuple(paragraph[0].span.start for paragraph in paragraphs_of(reading.sentences)),
    )


def _firms(reading: Reading, bodies: tuple[ActorTag, ...]) -> Counter[str]:
    """Return how often each company is named; whoever goes by the name of one who comments is none."""
    spoken = [(tag, tag.span.of(reading.shadow)) for tag in bodies]
    voices = {tag.actor_id for tag, name in spoken if tag.actor_type is ActorType.MEDIA or _is_voice(name)}
    return Counter(tag.actor_id for tag, _ in spoken if tag.actor_id not in voices)


def _is_voice(name: str) -> bool:
    return target_words().voices.occurs(name)


def _is_unlisted(reading: Reading, tag: ActorTag) -> bool:
    return not target_words().countries.occurs(reading.shadow, tag.span.start, tag.span.end)
