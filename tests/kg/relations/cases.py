"""Claims out of the compact form of `fixtures/specs/relations.json`."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kg.linking.identity import Identities, identities_of
from schemas.actor import Actor, ActorType, Employment, JudgementValue, Name, judgement_of
from schemas.claim import (
    Attribution,
    Claim,
    ClaimKind,
    Direction,
    Prediction,
    Probability,
    Speech,
    Target,
)
from schemas.explanation import Ground, Origin, Part
from schemas.extraction import Extraction
from schemas.period import Period, PeriodTag, Precision
from schemas.prediction import Basis, FigureBasis, Revised, Revision, WindowOrigin
from schemas.quantity import Bound, Quantity, QuantityTag
from schemas.text import Document, Publication, Span

Case = dict[str, Any]
PATH: Final = Path(__file__).parents[3] / "fixtures" / "specs" / "relations.json"
CASES: Final[list[Case]] = json.loads(PATH.read_text(encoding="utf-8"))
NOWHERE: Final = Span(start=0, end=1)
OUTLET: Final = "島嶼財經"
FIGURE: Final = "若干"
"""Stands where the figure of a fact stands; what it says is in the case."""


def claims_of(case: Mapping[str, Any]) -> list[Claim]:
    """Return the claims of a case, in its order."""
    return [claim_of_case(given, index) for index, given in enumerate(case["claims"])]


def claim_of_case(given: Mapping[str, Any], index: int = 0) -> Claim:
    """Return a claim; each stands in a document of its own unless the case names one."""
    shared = {
        "claim_id": given["id"],
        "document_id": given.get("doc", f"document-{given['id']}"),
        "attribution": Attribution(speakers=(given["by"],), speech=Speech.INDIRECT),
        "sentence_index": index,
        "said_on": date.fromisoformat(given["said"]),
    }
    return _fact(given, shared) if "fact" in given else _forecast(given, shared, index * 100)


def case_named(name: str) -> dict[str, Any]:
    return next(case for case in CASES if case["name"] == name)


def person(actor_id: str) -> Actor:
    names = (Name(text=actor_id, script="zh-Hant"),)
    return Actor(actor_id=actor_id, actor_type=ActorType.PERSON, names=names, is_provisional=True)


def extractions_of(case: dict[str, Any]) -> list[Extraction]:
    """The documents of a case, each read whole."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims_of(case):
        by_document[claim.document_id].append(claim)
    employed = [Employment(person_id=p, employer_id=e, title="經理", span=NOWHERE) for p, e in case.get("employed", ())]
    return [
        Extraction(
            document=Document(
                document_id=document_id,
                text="。" * 1000,
                publication=Publication(publisher=OUTLET, published=claims[0].said_on),
            ),
            actors=tuple(person(actor_id) for actor_id in sorted(actors_of(case) - {"author"})),
            employments=tuple(employed),
            claims=tuple(claims),
        )
        for document_id, claims in by_document.items()
    ]


def actors_of(case: dict[str, Any]) -> set[str]:
    named = {given["by"] for given in case["claims"]}
    named |= {actor for given in case["claims"] for actor in given.get("mentions", ())}
    return named | {actor for pair in (*case.get("employed", ()), *case.get("same", ())) for actor in pair}


def identities_of_case(case: Mapping[str, Any]) -> Identities:
    """Return who is who after the merges of a case."""
    day = datetime(2025, 1, 1, tzinfo=UTC)
    pairs = [(first, second) for first, second in case.get("same", ())]
    judged = (judgement_of(pair, JudgementValue.SAME, who="test", why="one man", at=day) for pair in pairs)
    return identities_of(judged)


def quantity_of(given: list[str]) -> Quantity:
    low, high, unit, *bound = given
    return Quantity(low=Decimal(low), high=Decimal(high), unit=unit, bound=Bound(*bound) if bound else Bound.EQUAL)


def period_of(given: list[str] | None) -> Period | None:
    if given is None:
        return None
    start, end = (date.fromisoformat(day) for day in given)
    return Period(start=start, end=end, precision=Precision.RANGE)


def _forecast(given: Mapping[str, Any], shared: Case, start: int) -> Claim:
    condition = given.get("condition", "")
    text = f"{condition}，將如此" if condition else "將如此"
    period = period_of(given.get("period"))
    origin = given.get("target_origin")
    return Claim(
        **shared,
        span=Span(start=start, end=start + len(text)),
        text=text,
        kind=ClaimKind.PREDICTION,
        periods=(PeriodTag(span=NOWHERE, period=period),) if period is not None else (),
        quantities=tuple(QuantityTag(span=NOWHERE, quantity=quantity_of(one)) for one in given.get("quantities", ())),
        prediction=_prediction(given, Span(start=start, end=start + len(condition)) if condition else None),
        explanation=(Ground(part=Part.TARGET, origin=Origin(origin), rule="test"),) if origin else (),
    )


def _prediction(given: Mapping[str, Any], condition: Span | None) -> Prediction:
    subject, _, measure = given["target"].partition(".")
    chance, origin = given.get("chance"), given.get("window_origin")
    return Prediction(
        target=Target(target_id=given["target"], subject=subject, measure=measure),
        direction=Direction(given["direction"]),
        value=quantity_of(given["value"]) if "value" in given else None,
        probability=Probability(low=Decimal(chance[0]), high=Decimal(chance[1])) if chance else None,
        window=period_of(given.get("window")),
        condition=condition,
        basis=_basis(given),
        revision=_revision(given),
        window_origin=WindowOrigin(origin) if origin else None,
    )


def _basis(given: Mapping[str, Any]) -> FigureBasis | None:
    stated, usual = given.get("basis"), given.get("usual_basis")
    if stated is None and usual is None:
        return None
    return FigureBasis(basis=Basis(stated or usual), unit="%", span=NOWHERE if stated else None)


def _revision(given: Mapping[str, Any]) -> Revision | None:
    if "revised_from" not in given:
        return None
    revised = Revised.CHANCE if "chance" in given else Revised.VALUE
    return Revision(revised=revised, old=quantity_of(given["revised_from"]), new=None, is_raised=None, span=NOWHERE)


def _fact(given: Mapping[str, Any], shared: Case) -> Claim:
    dated = given["fact"].replace("{period}", "上季")
    text = dated.replace("{figure}", FIGURE)
    period_at, figure_at = text.index("上季"), text.index(FIGURE)
    period = period_of(given["period"])
    figure = QuantityTag(
        span=Span(start=figure_at, end=figure_at + len(FIGURE)),
        quantity=quantity_of(given["value"]),
        measures=given["measures"],
    )
    assert period is not None
    return Claim(
        **shared,
        span=Span(start=0, end=len(text)),
        text=text,
        kind=ClaimKind.FACT,
        quantities=(figure,),
        periods=(PeriodTag(span=Span(start=period_at, end=period_at + 2), period=period),),
        mentions=tuple(given["mentions"]),
    )
