"""What would prove a prediction: target, direction, value, probability, window and condition."""

from dataclasses import dataclass

from extract.attribution import Frame
from extract.predictions.conditions import condition_in
from extract.predictions.context import Context
from extract.predictions.directions import direction_of
from extract.predictions.refusals import refusal_of
from extract.predictions.setting import Setting, setting_of
from extract.predictions.targets import target_of
from extract.predictions.values import split_quantities, value_of
from extract.predictions.windows import window_of
from schemas.claim import Prediction
from schemas.extraction import Refusal
from schemas.text import Span

__all__ = ["Forecast", "Setting", "forecast_of", "prediction_of", "setting_of"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would prove a prediction, and why nothing could where nothing could."""

    prediction: Prediction
    refusal: Refusal | None = None


def forecast_of(setting: Setting, span: Span, frame: Frame | None) -> Forecast:
    """Return what would prove the prediction that a span makes, or the reason why nothing could.

    A refused prediction still has all slots that its text fills, so that an editor sees what is missing.

    Args:
        setting: the document.
        span: the proposition.
        frame: who says it; None for the narrator.
    """
    condition = condition_in(setting.reading.shadow, span)
    context = Context(setting, span, frame, condition)
    candidates, probability = split_quantities(context)
    value = value_of(context, candidates)
    target, found = target_of(context, value, has_chance=probability is not None)
    measure = found.measure if found else None
    goes_on = found is not None and found.start < span.start and value is not None
    prediction = Prediction(
        target=target,
        direction=direction_of(context, measure, value),
        value=value.quantity if value else None,
        probability=probability,
        window=window_of(context, measure, is_carried=goes_on),
        condition=condition,
    )
    return Forecast(prediction, refusal_of(context, prediction, found))


def prediction_of(setting: Setting, span: Span, frame: Frame | None) -> Prediction:
    """Return what would prove the prediction that a span makes; see `forecast_of`."""
    return forecast_of(setting, span, frame).prediction
