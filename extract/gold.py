"""An extraction in the exchange format of the annotated articles, so that one scorer measures both."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.claim import Claim, Prediction
from schemas.extraction import Extraction
from schemas.quantity import Quantity
from schemas.text import Span

Json = dict[str, Any]


def gold_of(extraction: Extraction) -> Json:
    """Return all layers and the names of the actors, as one JSON object.

    Offsets are code points of the published text, half open, and every `text` is the slice they name. A prediction
    points to its claim by index.

    Example:
        >>> from schemas.text import Document
        >>> gold_of(Extraction(document=Document(document_id="d", text="台股"))) ["doc"]["published"] is None
        True
    """
    document = extraction.document
    published = document.published
    return {
        "doc": {
            "id": document.document_id,
            "published": _day(published),
            "sha256": hashlib.sha256(document.text.encode("utf-8")).hexdigest(),
            "author": document.publication.author,
        },
        "quantities": [
            _placed(document.text, tag.span) | _value(tag.quantity) | {"bound": tag.quantity.bound.value}
            for tag in extraction.quantities
        ],
        "times": [
            _placed(document.text, tag.span) | {"from": _day(tag.period.start), "to": _day(tag.period.end)}
            for tag in extraction.periods
        ],
        "actors": [
            _placed(document.text, tag.span) | {"id": tag.actor_id, "type": tag.actor_type.value}
            for tag in extraction.actor_tags
        ],
        "claims": [_claim(document.text, claim) for claim in extraction.claims],
        "predictions": [
            _prediction(index, claim.prediction)
            for index, claim in enumerate(extraction.claims)
            if claim.prediction is not None
        ],
        "names": _names(extraction),
    }


def _placed(text: str, span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _claim(text: str, claim: Claim) -> Json:
    attribution = claim.attribution
    return _placed(text, claim.span) | {
        "kind": claim.kind.value,
        "speakers": list(attribution.speakers),
        "cue": attribution.cue,
    }


def _prediction(index: int, prediction: Prediction) -> Json:
    chance, window = prediction.probability, prediction.window
    value = _value(prediction.value) if prediction.value else {"low": None, "high": None, "unit": None}
    return {
        "claim": index,
        "target": prediction.target.target_id,
        "direction": prediction.direction.value,
        **value,
        "probability": [_number(chance.low), _number(chance.high)] if chance else None,
        "from": _day(window.start) if window else None,
        "to": _day(window.end) if window else None,
        "conditional": prediction.is_conditional,
    }


def _names(extraction: Extraction) -> dict[str, list[str]]:
    """Return the known names of each actor, then the forms in which this text mentions it."""
    names = {actor.actor_id: [name.text for name in actor.names] for actor in extraction.actors}
    for tag in extraction.actor_tags:
        known = names.setdefault(tag.actor_id, [])
        mention = tag.span.of(extraction.document.text)
        if mention not in known:
            known.append(mention)
    return names


def _value(quantity: Quantity) -> Json:
    return {"low": _number(quantity.low), "high": _number(quantity.high), "unit": quantity.unit}


def _number(value: Decimal) -> int | float:
    """Return a JSON number: whole ones exact, the others as the nearest double."""
    return int(value) if value == value.to_integral_value() else float(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
