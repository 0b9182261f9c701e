"""Forecasts that take the place of earlier ones: 由 2.4% 下修至 1.7%, 上修目標價至 120 元."""

import re

from extract.phrases import Hit, Phrases
from extract.placing import starting_in
from extract.predictions.context import Context
from extract.predictions.formers import is_former
from extract.predictions.measures import is_alike
from extract.predictions.steps import before_step, step_of
from extract.predictions.wording import forecast_words
from schemas.prediction import Revised, Revision
from schemas.quantity import QuantityRole, QuantityTag
from schemas.text import Span


def revision_of(context: Context, value: QuantityTag | None, chance: QuantityTag | None) -> Revision | None:
    """Return the earlier figure that a forecast replaces; None where it replaces none.

    Words said of forecasts alone (上修, 下修) tell it; words of setting (調高) do beside a word of a forecast (預測,
    目標價), words of any movement (升至) beside what only a forecast can be (目標價, 機率): a rate that is raised, or a
    measure that will rise, revises nothing. So does an earlier figure of the same maker (原估 2.4%).

    Args:
        context: the proposition.
        value: the forecast figure, None where there is none.
        chance: the stated chance, None where there is none.
    """
    place, new = _place(context), value or chance
    revised = Revised.CHANCE if value is None and chance is not None else Revised.VALUE
    if new is not None and is_former(context, new):
        return _of_former(context, new, revised)
    old, step = _old(context, place, new), step_of(context, new) if new else None
    hit = _revising(context, place, has_old=old is not None)
    if hit is None and (old is None or not is_former(context, old)) and (step is None or step.is_raised is None):
        return None
    new = None if new and hit and _is_step(context, hit, new) else new
    if old is None and new is None and step is None and not _is_of_forecast(context, place):
        return None
    way = _is_raised(hit, old, new) if step is None or step.is_raised is None else step.is_raised
    before = old.quantity if old else None
    if old is None and new is not None and step is not None and way is not None:
        before = before_step(new.quantity, step.tag.quantity, is_raised=way)
    tags = [tag for tag in (old, new, step.tag if step else None) if tag]
    ends = [*((tag.span.start, tag.span.end) for tag in tags), *([(hit.start, hit.end)] if hit else [])]
    return Revision(
        revised=revised,
        old=before,
        new=new.quantity if new else None,
        is_raised=way,
        span=Span(start=min(a for a, _ in ends), end=max(b for _, b in ends)),
    )


def _of_former(context: Context, old: QuantityTag, revised: Revised) -> Revision:
    """Return the revision of a proposition that gives the earlier figure alone (高於先前預測的 2.9%)."""
    start = max(context.core[0], old.span.start - _COMPARED_REACH)
    hit = _COMPARED.search(context.reading.shadow, start, old.span.start)
    return Revision(
        revised=revised,
        old=old.quantity,
        new=None,
        is_raised=hit.group()[0] in "高优多好" if hit else None,
        span=Span(start=hit.start() if hit else old.span.start, end=old.span.end),
    )


_COMPARED_REACH = 16  # characters between a word of comparing and the earlier figure
_COMPARED = re.compile("高于|高过|优于|多于|好于|低于|低过|不及|少于|逊于")


def _place(context: Context) -> Span:
    """Return the proposition outside its condition, with the words that introduce it (大摩將目標價…)."""
    start, end = context.core
    lead = context.frame.lead if context.frame else None
    is_near = lead is not None and lead.start < start <= lead.end + _NEAR
    return Span(start=lead.start if lead and is_near else start, end=end)


_NEAR = 2  # characters between the words that introduce speech and the speech: a mark and a quotation mark


def _old(context: Context, place: Span, new: QuantityTag | None) -> QuantityTag | None:
    """Return the earlier figure: the one with that role, else one of a kind with the new one behind 原估, 先前, 由."""
    tags = [tag for tag in starting_in(context.layers.quantities, place.start, place.end) if tag is not new]
    same = [tag for tag in tags if new is None or tag.quantity.unit == new.quantity.unit]
    roles = [tag for tag in same if tag.role is QuantityRole.OLD]
    alike = [tag for tag in same if new is None or is_alike(tag.quantity, new.quantity)]
    shadow = context.reading.shadow
    left = [tag for tag in tags if new and tag.span.end <= new.span.start and shadow[tag.span.start - 1] in "由从"]
    formers = [tag for tag in alike if is_former(context, tag)]
    return next(iter((*roles, *formers, *left)), None)


def _revising(context: Context, place: Span, *, has_old: bool) -> Hit | None:
    """Return the word of revising, of the narrowest kind that there is."""
    words, shadow = forecast_words(), context.reading.shadow
    always = next(words.of_forecasts.find(shadow, place.start, place.end), None)
    if always is not None:
        return always
    tiers: list[tuple[Phrases, Phrases]] = [(words.of_what_is_set, words.forecasts)]
    tiers += [(words.of_what_moves, words.only_forecasts)] if has_old else []
    for revising, nouns in tiers:
        forecasts = [noun for noun in nouns.find(shadow, place.start, place.end) if not _is_cue(context, noun)]
        for hit in revising.find(shadow, place.start, place.end):
            if any(_is_object(shadow, hit, noun) for noun in forecasts):
                return hit
    return None


def _is_of_forecast(context: Context, place: Span) -> bool:
    """Return whether a forecast is named that is revised, or what it becomes: 下修財測, 下修為持平; not 下修期."""
    words, shadow = forecast_words(), context.reading.shadow
    nouns = words.forecasts.find(shadow, place.start, place.end)
    becomes = (
        shadow[hit.end : hit.end + 1] in _BECOMES for hit in words.of_forecasts.find(shadow, place.start, place.end)
    )
    return any(not _is_cue(context, noun) for noun in nouns) or any(becomes)


_BECOMES = frozenset("为至到成")


def _is_cue(context: Context, noun: Hit) -> bool:
    """Return whether a word of a forecast is the verb that introduces the proposition (預測央行調升利率).

    Of a broker who sets a figure the cue is that figure itself (將目標價由…上調至…).
    """
    frame = context.frame
    cue = frame.cue_span if frame and frame.category != "rate" else None
    return cue is not None and cue.start <= noun.start < cue.end


def _is_object(shadow: str, hit: Hit, noun: Hit) -> bool:
    """Return whether it is the forecast that is revised: before its verb (預測由…調升) or behind it (調升…預測).

    Right before a verb with an object of its own it is a verb itself: 預測調高油價 forecasts what somebody sets.
    """
    if noun.end == hit.start and noun.phrase in _VERBS and not _NO_OBJECT.match(shadow, hit.end):
        return False
    if noun.end <= hit.start:
        between, reach = shadow[noun.end : hit.start], _OBJECT_BEFORE
    else:
        between, reach = shadow[hit.end : noun.start], _OBJECT_BEHIND
    return len(between) <= reach and not (_STOPS | _COMING) & set(between)


_VERBS = frozenset({"预测", "预估", "预期", "估计", "预判", "推估"})
_NO_OBJECT = re.compile(
    r"(?:了|幅度|后|前|时)?\s*(?:$|[,。;:、）)」』]|[至到为成约近逾超达共多又再也的]|[-\d一二三四五六七八九两半十百])"
)
"""What follows a verb whose object stands before it: nothing, what it becomes, by how much."""
_STOPS = frozenset(",。;:")
_COMING = frozenset("将会")
_OBJECT_BEFORE = 24  # characters, room for the old figure
_OBJECT_BEHIND = 14  # characters, room for whose and of what


def _is_step(context: Context, hit: Hit, new: QuantityTag) -> bool:
    """Return whether a figure is by how much the forecast was changed, not what it became (上修12%)."""
    if new.quantity.unit not in ("%", "pp", "bp") or new.role is not None or new.span.start < hit.end:
        return False
    between = context.reading.shadow[hit.end : new.span.start]
    return between.startswith("幅度") or (len(between) <= _STEP_REACH and not set("至到为成达") & set(between))


_STEP_REACH = 4  # characters between a word of revising and its step (上修約12%)


def _is_raised(hit: Hit | None, old: QuantityTag | None, new: QuantityTag | None) -> bool | None:
    """Return where the figure went, by both figures where both are there, else by the word."""
    if old is not None and new is not None and old.quantity.unit == new.quantity.unit:
        before, after = (tag.quantity.low + tag.quantity.high for tag in (old, new))
        if before != after:
            return after > before
    if hit is None or hit.category == "changed":
        return None
    return hit.category == "raised"
