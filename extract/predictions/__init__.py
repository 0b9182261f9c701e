"""What would prove a prediction: target, direction, value, chance, window, condition; and how sure its maker is."""

from dataclasses import dataclass

from extract.attribution import Frame
from extract.predictions.bases import basis_of
from extract.predictions.chances import hedges_of, likelihood_of
from extract.predictions.conditions import carried_condition, condition_in
from extract.predictions.context import Context
from extract.predictions.directions import direction_of
from extract.predictions.measures import Named
from extract.predictions.refusals import refusal_of
from extract.predictions.revisions import revision_of
from extract.predictions.setting import Setting, setting_of
from extract.predictions.targets import measurable_in, target_of
from extract.predictions.values import figures_of, probability_of, value_of
from extract.predictions.windows import Dated, window_of
from schemas.claim import Prediction
from schemas.extraction import Refusal
from schemas.text import Span

__all__ = ["Forecast", "Setting", "forecast_of", "prediction_of", "setting_of"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would prove a prediction, where it was read, and why nothing could prove it where nothing could.

    Attributes:
        prediction: its slots.
        refusal: why nothing could ever prove it; None where something could.
        measure: the name of what is forecast where the text has it, in the proposition or before.
        window: the words of its window, None without one.
    """

    prediction: Prediction
    refusal: Refusal | None = None
    measure: Named | None = None
    window: Dated | None = None


def forecast_of(setting: Setting, span: Span, frame: Frame | None) -> Forecast:
    """Return what would prove the prediction that a span makes, or the reason why nothing could.

    A refused prediction still has all slots that its text fills, so that an editor sees what is missing.

    Args:
        setting: the document.
        span: the proposition.
        frame: who says it; None for the narrator.
    """
    context = Context(setting, span, frame, condition_in(setting.reading.shadow, span))
    figures = figures_of(context)
    probability = probability_of(context, figures.chance)
    value = value_of(context, figures.others)
    revision = revision_of(context, value, figures.chance)
    if revision is not None and value is not None and revision.new is None and revision.old == value.quantity:
        value = None  # what is left behind is no forecast any more
    target, found = target_of(context, value, has_chance=probability is not None)
    measure = found.measure if found else None
    goes_on = found is not None and found.start < span.start and value is not None
    window = window_of(context, measure, is_carried=goes_on)
    direction = direction_of(context, measure, value)
    prediction = Prediction(
        target=target,
        direction=direction,
        value=value.quantity if value else None,
        probability=probability,
        window=window.period if window else None,
        window_origin=window.origin if window else None,
        condition=context.condition or carried_condition(setting.reading.shadow, span, heard_from=_heard_from(context)),
        revision=revision,
        likelihood=likelihood_of(context, direction) if probability is None else None,
        hedges=hedges_of(context),
    )
    settled = prediction.model_copy(
        update=_condition(context) | {"basis": basis_of(context, prediction, measure, value)}
    )
    return Forecast(settled, refusal_of(context, prediction, found), found, window)


def _heard_from(context: Context) -> int:
    """Return where the sentence of a proposition begins, or behind what introduces its speaker there."""
    start = context.sentence.start
    return start if context.frame is None else max(start, min(context.frame.content.start, context.span.start))


def _condition(context: Context) -> dict[str, object]:
    """Return what the condition of a prediction names that can be measured, and the figure that it must reach."""
    if context.condition is None:
        return {}
    found = measurable_in(Context(context.setting, context.condition, context.frame, None))
    return {"condition_target": found[0], "condition_value": found[1]} if found else {}


def prediction_of(setting: Setting, span: Span, frame: Frame | None) -> Prediction:
    """Return what would prove the prediction that a span makes; see `forecast_of`."""
    return forecast_of(setting, span, frame).prediction
