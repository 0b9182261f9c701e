"""What is forecast: the measure, and whose it is."""

from collections import Counter
from collections.abc import Iterable

from extract.phrases import Hit
from extract.predictions.context import Context
from extract.predictions.lexicon import Measure, Subject, target_words
from schemas.actor import ActorType
from schemas.claim import Target
from schemas.text import Locale, Span

_HOME = {Locale.TAIWAN: "taiwan", Locale.HONG_KONG: "hongkong", Locale.MAINLAND: "china"}
_COMPANIES = (ActorType.ORGANISATION, ActorType.MEDIA)


def target_of(context: Context) -> tuple[Target, Measure | None]:
    """Return the target of a prediction, and its measure where the lexicon knows one.

    The measure is the first one named in the proposition behind its condition, else in its condition, else the last
    one before it in its sentence or paragraph. Without any the target is the event itself: `SUBJECT.event`.
    """
    measure = _measure(context)
    if measure is None:
        subject = _company(context) or _country(context)
        return Target(target_id=f"{subject}.event", subject=subject, measure="event"), None
    subject, name = _subject(context, measure), measure.id
    if measure.subject == Subject.CENTRAL_BANK and subject == "us":
        name = "fed-funds.rate"
    return Target(target_id=f"{subject}.{name}", subject=subject, measure=name), measure


def _measure(context: Context) -> Measure | None:
    words, shadow = target_words(), context.reading.shadow
    start, end = context.core
    hit = _best(words.names.find(shadow, start, end)) or _best(words.names.find(shadow, context.span.start, end))
    if hit is None:
        around = _around(context)
        earlier = list(words.names.find(shadow, around.start, context.span.start))
        hit = earlier[-1] if earlier else None
    return words.measures[int(hit.category)] if hit else None


def _best(hits: Iterable[Hit]) -> Hit | None:
    """Return the first hit; the longest phrase at a place was taken already."""
    return next(iter(hits), None)


def _around(context: Context) -> Span:
    sentence = next((s for s in context.reading.sentences if s.span.end > context.span.start), None)
    if sentence is None:
        return context.span
    opening = next(s for s in context.reading.sentences if s.paragraph_index == sentence.paragraph_index)
    return Span(start=opening.span.start, end=max(context.span.start, opening.span.start))


def _subject(context: Context, measure: Measure) -> str:
    if measure.subject == Subject.COMPANY:
        return _company(context) or _country(context)
    if measure.subject in (Subject.COUNTRY, Subject.CENTRAL_BANK):
        return _country(context)
    return measure.subject


def _company(context: Context) -> str | None:
    """Return the company spoken of: in the proposition, else last before it, else the one of the whole document."""
    bodies = [tag for tag in context.layers.actors.tags if tag.actor_type in _COMPANIES]
    inside = next((tag for tag in bodies if context.span.overlaps(tag.span)), None)
    if inside:
        return inside.actor_id
    speakers = context.frame.speakers if context.frame else ()
    counts = Counter(tag.actor_id for tag in bodies)
    spoken = next((s for s in speakers if s in counts), None)
    before = [tag.actor_id for tag in bodies if tag.span.end <= context.span.start and tag.actor_id not in speakers]
    around = _around(context)
    near = [
        t.actor_id for t in bodies if around.start <= t.span.start < context.span.start and t.actor_id not in speakers
    ]
    if near:
        return near[-1]
    return spoken or (before[-1] if before else None)


def _country(context: Context) -> str:
    """Return the economy spoken of: in the proposition, else before it in sentence and paragraph, else at home."""
    words, shadow = target_words().countries, context.reading.shadow
    hit = next(words.find(shadow, context.span.start, context.span.end), None)
    if hit:
        return hit.category
    around = _around(context)
    earlier = list(words.find(shadow, around.start, context.span.start))
    return earlier[-1].category if earlier else _HOME[context.reading.document.locale]
