"""Why a prediction cannot be settled as its text stands."""

import re

from extract.clause_words import clause_words
from extract.kinds import modality
from extract.predictions.context import Context
from extract.predictions.indicators import Shape
from extract.predictions.measures import Named
from schemas.claim import Direction, Prediction
from schemas.extraction import Refusal

_COMING = ("forecast", "chance", "future")
_ASKED = re.compile(r"\s*[」』”]?\s*\?")


def refusal_of(context: Context, prediction: Prediction, found: Named | None) -> Refusal | None:
    """Return why nothing could ever prove a prediction; None where something could.

    Rhetorical: it asks (難道…?). Not about the future: all its periods are over at publication, and neither a figure
    (which may not be out yet) nor a word of the future stands beside them. No target: nothing that
    is forecast is named. No outcome: a measure is named, but not where it goes.

    Args:
        context: the proposition.
        prediction: its slots.
        found: the measure it is about, where one is named.
    """
    if _is_asked(context):
        return Refusal.PREDICTION_RHETORICAL
    if prediction.value is None and _is_over(context):
        return Refusal.PREDICTION_NOT_FUTURE
    if found is None and prediction.value is None and prediction.target.measure == "event":
        return Refusal.PREDICTION_NO_TARGET
    has_outcome = prediction.direction not in (Direction.OCCURS, Direction.LEVEL) or prediction.value is not None
    if found is not None and found.measure.shape is not Shape.EVENT and not has_outcome:
        return Refusal.PREDICTION_NO_OUTCOME
    return None


def _is_asked(context: Context) -> bool:
    """Return whether a proposition is a question: it has a word that asks, and a question mark."""
    marked = _ASKED.match(context.reading.shadow, context.span.end) or context.text.endswith("?")
    return bool(marked) and clause_words().questions.occurs(context.text)


def _is_over(context: Context) -> bool:
    published = context.reading.document.published
    ends = [tag.period.end for tag in context.periods]
    if published is None or not ends or any(end is None or end >= published for end in ends):
        return False
    return not any(modality()[kind].occurs(context.text) for kind in _COMING)
