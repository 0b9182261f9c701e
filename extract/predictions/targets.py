"""What is forecast: the measure, and whose it is."""

from extract.phrases import Phrases
from extract.placing import starting_in, touching
from extract.predictions.context import Context
from extract.predictions.lexicon import Measure, Shape, Subject, target_words
from schemas.claim import Target
from schemas.quantity import Quantity
from schemas.text import Span


def target_of(context: Context, value: Quantity | None) -> tuple[Target, Measure | None]:
    """Return the target of a prediction, and its measure where the lexicon knows one.

    The measure is the first one named in the proposition behind its condition, else in its condition, else the last
    one before it in its paragraph that such a figure can belong to. Without any the target is the event itself:
    `SUBJECT.event`.

    Args:
        context: the proposition.
        value: the forecast figure, None where there is none.
    """
    measure = _measure(context, value)
    if measure is None:
        subject = _company(context) or _country(context)
        return Target(target_id=f"{subject}.event", subject=subject, measure="event"), None
    subject, name = _subject(context, measure), measure.id
    if measure.subject == Subject.CENTRAL_BANK and subject == "us":
        name = "fed-funds.rate"
    return Target(target_id=f"{subject}.{name}", subject=subject, measure=name), measure


def _measure(context: Context, value: Quantity | None) -> Measure | None:
    start, end = context.core
    core = Span(start=start, end=end)
    found = _named(context, core, target_words().names) or _named(context, core, target_words().weak)
    if found:
        return found[0]
    before = [m for m in _named(context, context.span, target_words().names) if _fits(m, value)]
    earlier = [
        m for m in _named(context, context.setting.before(context.span.start), target_words().names) if _fits(m, value)
    ]
    chosen = before or earlier[-1:]
    return chosen[0] if chosen else None


_SHARES = frozenset({"%", "bp", "pp"})  # units that any measure may have


def _fits(measure: Measure, value: Quantity | None) -> bool:
    """Return whether a figure in that unit can be one of the measure."""
    if value is None:
        return True
    if value.unit == "points":
        return measure.id.startswith(("equities", "index"))
    return value.unit in _SHARES or measure.shape is Shape.PRICE


def _named(context: Context, place: Span, names: Phrases) -> list[Measure]:
    """Return the measures named in a place, in text order; a word inside a quantity (100 美元) or a name is none."""
    taken = [tag.span for tag in touching(context.layers.quantities, place.start, place.end)]
    hits = names.find(context.reading.shadow, place.start, place.end)
    free = (hit for hit in hits if not any(span.start < hit.end and hit.start < span.end for span in taken))
    return [target_words().measures[int(hit.category)] for hit in free]


def _subject(context: Context, measure: Measure) -> str:
    if measure.subject == Subject.COMPANY:
        return _company(context) or _country(context)
    if measure.subject in (Subject.COUNTRY, Subject.CENTRAL_BANK):
        return _country(context)
    return measure.subject


def _company(context: Context) -> str | None:
    """Return the company spoken of: in the proposition, else last in its paragraph, else the speaker, else before."""
    setting, start = context.setting, context.span.start
    inside = touching(setting.bodies, start, context.span.end)
    if inside:
        return inside[0].actor_id
    speakers = context.frame.speakers if context.frame else ()
    around = setting.before(start)
    near = [tag.actor_id for tag in starting_in(setting.bodies, around.start, start) if tag.actor_id not in speakers]
    if near:
        return near[-1]
    spoken = next((speaker for speaker in speakers if speaker in setting.body_ids), None)
    return spoken or setting.last_body_before(start, speakers)


def _country(context: Context) -> str:
    """Return the economy spoken of: in the proposition, else before it in its paragraph, else most of the document."""
    words, shadow = target_words().countries, context.reading.shadow
    hit = next(words.find(shadow, context.span.start, context.span.end), None)
    if hit:
        return hit.category
    around = context.setting.before(context.span.start)
    earlier = list(words.find(shadow, around.start, around.end))
    return earlier[-1].category if earlier else context.setting.country
