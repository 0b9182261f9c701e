"""The gold format says all that an extraction holds, in exact slices and plain JSON numbers."""

import json
from datetime import date
from decimal import Decimal

from extract.gold import gold_of
from schemas.actor import Actor, ActorTag, ActorType, Name
from schemas.claim import Attribution, Claim, ClaimKind, Direction, Prediction, Probability, Speech, Target
from schemas.extraction import Extraction
from schemas.period import Period, PeriodTag, Precision
from schemas.quantity import Bound, Quantity, QuantityTag
from schemas.text import Document, Publication, Span

TEXT = "王大同估明年出口增3.5%，機率六成。"
SPAN = Span(start=4, end=12)
YEAR = Period(start=date(2026, 1, 1), end=date(2026, 12, 31), precision=Precision.YEAR)
AMOUNT = Quantity(low=Decimal("3.5"), high=Decimal("3.5"), unit="%", bound=Bound.APPROXIMATE)
EXTRACTION = Extraction(
    document=Document(
        document_id="d", text=TEXT, publication=Publication(published=date(2025, 3, 20), author="林小明")
    ),
    quantities=(QuantityTag(span=Span(start=9, end=13), quantity=AMOUNT),),
    periods=(PeriodTag(span=Span(start=4, end=6), period=YEAR),),
    actor_tags=(ActorTag(span=Span(start=0, end=3), actor_id="wang", actor_type=ActorType.PERSON),),
    actors=(Actor(actor_id="wang", actor_type=ActorType.PERSON, names=(Name(text="Wang", script="en"),)),),
    claims=(
        Claim(
            claim_id="c",
            document_id="d",
            span=SPAN,
            text=SPAN.of(TEXT),
            kind=ClaimKind.PREDICTION,
            attribution=Attribution(speakers=("wang",), speech=Speech.INDIRECT, cue="估"),
            sentence_index=0,
            prediction=Prediction(
                target=Target(target_id="taiwan.exports", subject="taiwan", measure="exports"),
                direction=Direction.UP,
                value=AMOUNT,
                probability=Probability(low=Decimal("0.6"), high=Decimal("0.6")),
                window=YEAR,
            ),
        ),
    ),
)


def test_every_layer_is_there_with_its_values() -> None:
    gold = gold_of(EXTRACTION)
    assert gold["doc"]["published"] == "2025-03-20"
    assert gold["doc"]["author"] == "林小明"
    assert gold["quantities"] == [
        {"start": 9, "end": 13, "text": "3.5%", "low": 3.5, "high": 3.5, "unit": "%", "bound": "approx"}
    ]
    assert gold["times"] == [{"start": 4, "end": 6, "text": "明年", "from": "2026-01-01", "to": "2026-12-31"}]
    assert gold["actors"] == [{"start": 0, "end": 3, "text": "王大同", "id": "wang", "type": "person"}]
    assert gold["claims"][0]["speakers"] == ["wang"]
    assert gold["claims"][0]["cue"] == "估"


def test_a_prediction_points_to_its_claim() -> None:
    assert gold_of(EXTRACTION)["predictions"] == [
        {
            "claim": 0, "target": "taiwan.exports", "direction": "up", "low": 3.5, "high": 3.5, "unit": "%",
            "probability": [0.6, 0.6], "from": "2026-01-01", "to": "2026-12-31", "conditional": False,
        }
    ]  # fmt: skip


def test_the_names_of_an_actor_hold_the_form_used_in_the_text() -> None:
    assert gold_of(EXTRACTION)["names"] == {"wang": ["Wang", "王大同"]}


def test_every_text_is_the_slice_it_names_and_all_is_json() -> None:
    gold = json.loads(json.dumps(gold_of(EXTRACTION)))
    layers = ("quantities", "times", "actors", "claims")
    assert all(TEXT[tag["start"] : tag["end"]] == tag["text"] for layer in layers for tag in gold[layer])


def test_an_empty_extraction_has_every_layer_empty() -> None:
    gold = gold_of(Extraction(document=Document(document_id="d", text="")))
    assert [gold[layer] for layer in ("quantities", "times", "actors", "claims", "predictions")] == [[]] * 5
