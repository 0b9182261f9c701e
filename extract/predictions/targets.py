"""What is forecast: the measure, and whose it is."""

import re
from dataclasses import replace

from extract.predictions.context import Context
from extract.predictions.indicators import Measure, Shape
from extract.predictions.lexicon import entry_of, target_words
from extract.predictions.measures import Named, carried_measure, event_of, is_release, measure_of
from extract.predictions.subjects import actor_of, subject_of
from extract.predictions.values import value_of
from schemas.claim import Target
from schemas.quantity import Quantity, QuantityTag

_SHORT = 24  # characters; a longer proposition without a known measure is about something of its own
_POLICY_RATE = "policy-rate"
_FED, _FED_RATE = "fed-funds", "fed-funds.rate"
_LONGEST_WORD = 4  # characters; no word of delay is longer
_LONGEST_PLAN = 12  # characters between a move and the word that puts it off, that word among them
_PLAN = re.compile(
    "的?(?:计画|计划|时间表|时程|时点|时机|时间|期程|决定|行动|脚步|步伐|进程)?(?:再度|再|进一步|往后|向后)?"
)


def target_of(context: Context, value: QuantityTag | None, *, has_chance: bool = False) -> tuple[Target, Named | None]:
    """Return the target of a prediction, and its measure where it is named.

    A figure belongs to the measure named in the proposition, else to the one spoken of before it; without a figure an
    event that the proposition names (量產, 破產) comes before what was spoken of. Where nothing is named at all the
    target is the event itself: `SUBJECT.event`.

    Args:
        context: the proposition.
        value: the forecast figure, None where there is none.
        has_chance: whether a chance is stated: then a step of a policy rate is an event that comes or does not.
    """
    found = measure_of(context, value)
    if value is None and is_release(context):
        return _release(context, found), None
    if found is None and value is None:
        found = event_of(context)
    if found is None and (value is not None or len(context.text) <= _SHORT):
        found = carried_measure(context, value) or event_of(context)
    if found is None:
        return _target(actor_of(context), "event"), None
    subject = subject_of(context, found.measure)
    measure = _stepped(found, subject, value.quantity if value else None, has_chance=has_chance)
    if next(target_words().steps.find(found.name), None) and _is_put_off(context, found):
        rate = _FED if measure.id.startswith(_FED) else _POLICY_RATE
        measure = measure.model_copy(update={"id": f"{rate}.delay", "shape": Shape.EVENT})
    return _target(subject, measure.id), replace(found, measure=measure)


def measurable_in(context: Context) -> tuple[Target, Quantity | None] | None:
    """Return what a stretch names that figures can tell, and the figure it must reach; None where it names nothing.

    Only an indicator of the catalogue can be told by figures; nothing is carried over to the stretch.

    Args:
        context: the stretch, a condition for example.
    """
    found = measure_of(context, value_of(context, context.quantities))
    entry = entry_of(found.measure) if found else None
    if found is None or entry is None:
        return None
    own = [tag for tag in context.quantities if tag.quantity.unit == entry.unit]
    value = value_of(context, own or context.quantities)
    amount, subject = value.quantity if value else None, subject_of(context, found.measure)
    return _target(subject, _stepped(found, subject, amount, has_chance=False).id), amount


def _is_put_off(context: Context, found: Named) -> bool:
    """Return whether a word of delay stands right before the move (延後降息) or behind its plan (把降息計畫延後)."""
    shadow, end = context.reading.shadow, found.end
    before, behind = shadow[max(0, found.start - _LONGEST_WORD) : found.start], shadow[end : end + _LONGEST_PLAN]
    plan = _PLAN.match(behind)
    put_off = behind[plan.end() if plan else 0 :].startswith(target_words().delaying)
    return before.endswith(target_words().delaying) or put_off


def _target(subject: str, measure: str) -> Target:
    return Target(target_id=f"{subject}.{measure}", subject=subject, measure=measure)


def _release(context: Context, found: Named | None) -> Target:
    """Return the target of a publication of figures: when it comes, whatever it says."""
    if found is None:
        return _target(actor_of(context), "release")
    return _target(subject_of(context, found.measure), f"{found.measure.id.split('.')[0]}.release")


def _stepped(found: Named, subject: str, value: Quantity | None, *, has_chance: bool) -> Measure:
    """Return a policy rate as what is said of it: its level, or how many cuts or hikes there are."""
    measure = found.measure
    if measure.id != _POLICY_RATE:
        return measure
    is_fed = subject == "us"
    hit = next(target_words().steps.find(found.name), None)
    counted = value is not None and value.unit == "count"
    if hit is not None and (counted or (value is None and (is_fed or has_chance))):
        rate = _FED if is_fed else _POLICY_RATE
        return measure.model_copy(update={"id": f"{rate}.{hit.category}", "shape": Shape.EVENT})
    return measure.model_copy(update={"id": _FED_RATE}) if is_fed else measure
