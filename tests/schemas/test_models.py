from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.claim import (
    Attribution,
    Claim,
    ClaimKind,
    Direction,
    Prediction,
    Probability,
    Speech,
    Target,
    claim_id_of,
)
from schemas.errors import BusyError, ConflictError, InputError, KaozhengError, NotFoundError
from schemas.graph import Change, EdgeType, Element, Node, NodeLabel, change_of, edge_of
from schemas.period import Period, Precision
from schemas.quantity import Quantity
from schemas.text import Publication, Span, document_id_of

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def claim(kind: ClaimKind, prediction: Prediction | None) -> Claim:
    span = Span(start=0, end=4)
    return Claim(
        claim_id=claim_id_of("document-1", span), document_id="document-1", span=span, text="景氣衰退", kind=kind,
        attribution=Attribution(speakers=("author",), speech=Speech.NARRATION), sentence_index=0,
        prediction=prediction,
    )  # fmt: skip


def recession() -> Prediction:
    target = Target(target_id="us.recession", subject="us", measure="recession")
    return Prediction(target=target, direction=Direction.OCCURS)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Span(start=5, end=4),
        lambda: Span(start=-1, end=4),
        lambda: Quantity(low=Decimal(2), high=Decimal(1), unit="%"),
        lambda: Period(start=date(2025, 2, 1), end=date(2025, 1, 1), precision=Precision.MONTH),
        lambda: Probability(low=Decimal("0.7"), high=Decimal("0.6")),
        lambda: Probability(low=Decimal("0.7"), high=Decimal("1.6")),
        lambda: Attribution(speakers=(), speech=Speech.DIRECT),
        lambda: claim(ClaimKind.FACT, recession()),
        lambda: claim(ClaimKind.PREDICTION, None),
        lambda: Change(change_id="change-1", recorded_at=NOON, who="a", why="b"),
        lambda: Change.model_validate(
            {"change_id": "c", "recorded_at": datetime(2026, 1, 2), "who": "a", "why": "b", "after": None}  # noqa: DTZ001
        ),
    ],
)
def test_a_model_refuses_what_makes_no_sense(build: Callable[[], object]) -> None:
    with pytest.raises(ValidationError):
        build()


def test_models_are_frozen_and_know_their_fields() -> None:
    span = Span(start=0, end=1)
    with pytest.raises(ValidationError):
        span.start = 1  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Span.model_validate({"start": 0, "end": 1, "colour": "red"})


def test_a_change_survives_json() -> None:
    node = Node(node_id="claim-1", label=NodeLabel.CLAIM, caption="景氣", data={"kind": "fact", "n": [1, None]})
    for element in (node, edge_of(EdgeType.STATED_IN, "claim-1", "document-1")):
        change = change_of(None, element, who="test", why="to see", at=NOON)
        assert Change.model_validate_json(change.model_dump_json()) == change
    assert TypeAdapter(Element).validate_python(node.model_dump()) == node


def test_the_same_change_at_another_time_has_another_id() -> None:
    node = Node(node_id="claim-1", label=NodeLabel.CLAIM, caption="景氣", data={})
    first = change_of(None, node, who="a", why="b", at=NOON)
    assert first.change_id == change_of(None, node, who="a", why="b", at=NOON).change_id
    assert first.change_id != change_of(None, node, who="a", why="b", at=NOON.replace(hour=13)).change_id


def test_one_text_on_two_days_is_two_documents() -> None:
    ids = {
        document_id_of("今年成長", Publication(published=date(2025, 1, 1))),
        document_id_of("今年成長", Publication(published=date(2025, 1, 2))),
        document_id_of("今年成長", Publication(publisher="甲報", published=date(2025, 1, 1))),
        document_id_of("今年成長", Publication(published=date(2025, 1, 1), title="a title is no identity")),
    }
    assert len(ids) == 3


def test_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(InputError) as caught:
        document_id_of("台\ud800股", Publication())
    assert caught.value.code == "document.lone_surrogate"
    assert caught.value.context["offset"] == 1


def test_every_error_is_one_of_ours_with_a_code() -> None:
    for kind in (InputError, NotFoundError, ConflictError, BusyError):
        error = kind("area.reason", "a line", place="x")
        assert isinstance(error, KaozhengError)
        assert (error.code, str(error), error.context) == ("area.reason", "a line", {"place": "x"})
