"""Whose measure a prediction is about: the company or the economy spoken of."""

from collections.abc import Iterable

from extract.placing import starting_in, touching
from extract.predictions.context import Context
from extract.predictions.indicators import Measure, Subject


def subject_of(context: Context, measure: Measure) -> str:
    """Return the subject of a measure: its own where it has one, else the company or the economy spoken of."""
    if measure.subject == Subject.COMPANY:
        return company_of(context) or country_of(context)
    if measure.subject == Subject.ACTOR:
        return actor_of(context)
    if measure.subject in (Subject.COUNTRY, Subject.CENTRAL_BANK):
        return country_of(context)
    return measure.subject


def company_of(context: Context) -> str | None:
    """Return the company spoken of; None where no organisation is in sight.

    In the proposition, else the one that speaks of itself or whose employee speaks, else the last one named before in
    the paragraph, else the one the document names most. Brokers, banks of analysts, institutes and media are spoken
    of only where nobody else is.
    """
    setting, span = context.setting, context.span
    speakers = _speakers(context)
    inside = [tag.actor_id for tag in touching(setting.bodies, span.start, span.end)]
    around = setting.before(span.start)
    near = [tag.actor_id for tag in starting_in(setting.bodies, around.start, around.end)][::-1]
    firms = setting.firm_ids
    choices = (
        [one for one in inside if one in firms],
        [one for one in speakers if one in firms],
        [one for one in near if one in firms],
        [setting.firm] if setting.firm else [],
        [one for one in inside if one not in speakers],
        [one for one in near if one not in speakers],
        [one for one in speakers if one in setting.body_ids],
    )
    return next((one for choice in choices for one in choice), None)


def actor_of(context: Context) -> str:
    """Return who an event happens to: whom the proposition names, else what its document is about."""
    setting, span = context.setting, context.span
    inside = [tag.actor_id for tag in touching(setting.bodies, span.start, span.end)]
    named = _first(inside, setting.economies(span.start, span.end))
    around = setting.before(span.start)
    firms = [tag for tag in starting_in(setting.bodies, around.start, around.end) if tag.actor_id in setting.firm_ids]
    if named is None and (setting.is_about_economies or not firms):
        return country_of(context)
    return named or company_of(context) or country_of(context)


def _speakers(context: Context) -> tuple[str, ...]:
    """Return who speaks, then whom they work for."""
    spoken = context.frame.speakers if context.frame else ()
    return (*spoken, *(context.setting.employers[one] for one in spoken if one in context.setting.employers))


def country_of(context: Context) -> str:
    """Return the economy spoken of: in the proposition, else before it in its paragraph, else most of the document."""
    span, setting = context.span, context.setting
    sentence = setting.sentence_at(span.start)
    around = setting.before(span.start)
    inside = setting.economies(span.start, span.end)
    before = setting.economies(sentence.start, span.start)[::-1]
    earlier = setting.economies(around.start, around.end)[::-1]
    return _first(inside, before, earlier) or setting.country


def _first(*choices: Iterable[str]) -> str | None:
    return next((one for choice in choices for one in choice), None)
