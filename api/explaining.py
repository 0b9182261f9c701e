"""Why a claim is what it is, in words an editor can read, each with the words of the text that it rests on."""

from schemas.base import Model
from schemas.claim import Claim
from schemas.explanation import Ground, Origin, Part
from schemas.text import Document, Span

RULES = {
    "model": "the trained model",
    "narrator": "nobody else says it, so the article does",
    "speaker.unresolved": "somebody says it who could not be made out",
    "section": "its section is theirs",
    "open": "their quotation runs on over paragraphs",
    "list": "it stands in a list that they introduced",
    "speaker": "the one who spoke before goes on",
    "label": "a label in front of it",
    "absolute": "named with its year",
    "publication": "counted from the day of publication",
    "statement": "counted from the day on which it was said",
    "sentence": "named before in the sentence",
    "event": "no measure is named, so the event itself",
    "condition": "named in its condition",
    "stated": "named in its words",
    "carried": "named before",
    "rule.target_price": "a target price with its figure is a forecast",
    "rule.probability": "a chance in figures is a forecast",
    "rule.rhetorical": "a rhetorical question is an opinion",
    "rule.stop_price": "a price at which to sell is advice",
    "rule.in_force": "what is in force from today is a fact",
    "rule.past_chance": "a chance in statistics of the past is a fact",
    "rule.withdrawn": "a forecast that its maker took back is a fact",
    "rule.falls_due": "a debt that falls due on a known day is a fact",
    "rule.no_comment": "a refusal to speak is a fact",
    "prediction.no_target": "nothing can: nothing that is forecast is named",
    "prediction.no_outcome": "nothing can: a measure is named, but not where it goes",
    "prediction.rhetorical": "nothing can: it only asks",
    "prediction.not_future": "nothing can: all its periods were over at publication",
}
"""What the rules of explanations mean; of any other one its name is shown: a category of cue, of words, a measure."""


class GroundView(Model):
    """Why one part of a claim is what it is, in a line, with the words that it rests on."""

    ground: Ground
    words: str | None
    line: str


class ForecastWords(Model):
    """The words of the text that say how a forecast is meant, what it revises, how sure it is, and if what."""

    basis: str | None
    revision: str | None
    likelihood: str | None
    hedges: tuple[str, ...]
    condition: str | None


def grounds_of(document: Document, claim: Claim) -> tuple[GroundView, ...]:
    """Return why each part of a claim is what it is; empty for one that was kept before claims explained themselves."""
    return tuple(_ground_view(document, ground) for ground in claim.explanation)


def forecast_words_of(document: Document, claim: Claim) -> ForecastWords | None:
    """Return the words behind what a forecast says besides target and value; None of any other claim."""
    prediction = claim.prediction
    if prediction is None:
        return None
    return ForecastWords(
        basis=_words(document, prediction.basis.span if prediction.basis else None),
        revision=_words(document, prediction.revision.span if prediction.revision else None),
        likelihood=_words(document, prediction.likelihood.span if prediction.likelihood else None),
        hedges=tuple(hedge.span.of(document.text) for hedge in prediction.hedges),
        condition=_words(document, prediction.condition),
    )


def _ground_view(document: Document, ground: Ground) -> GroundView:
    words = _words(document, ground.span)
    return GroundView(ground=ground, words=words, line=line_of(ground, words))


def _words(document: Document, span: Span | None) -> str | None:
    return span.of(document.text) if span else None


def line_of(ground: Ground, words: str | None) -> str:
    """Return a ground in a line.

    Example:
        >>> line_of(Ground(part=Part.SPEAKER, origin=Origin.CUE, rule="say"), "表示")
        'cue 表示 (say)'
        >>> line_of(Ground(part=Part.KIND, origin=Origin.MODEL, rule="model", margin=0.613), None)
        'the trained model, ahead of the next choice by 0.613'
        >>> line_of(Ground(part=Part.PERIOD, origin=Origin.CARRIED, rule="sentence"), "今年")
        'carried over from 今年 (named before in the sentence)'
    """
    rule = RULES.get(ground.rule, ground.rule)
    if ground.part is Part.KIND:
        margin = f", ahead of the next choice by {ground.margin:g}" if ground.margin is not None else ""
        return f"{rule if ground.origin is Origin.MODEL else f'rule {rule}'}{margin}"
    if ground.origin is Origin.CARRIED:
        return f"carried over from {words or 'before'} ({rule})"
    if ground.origin is Origin.CUE:
        return f"cue {words} ({rule})"
    return f"{words} ({rule})" if words else rule
