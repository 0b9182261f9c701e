"""Errors are told apart by class, each with its place: one sentence, annotated by hand, against what we found."""

from types import ModuleType
from typing import Any

import pytest

from extract.layers import Layers
from extract.models.examples import Article
from extract.models.outcomes import Outcome, outcome_of
from schemas.claim import Attribution, Claim, ClaimKind, Direction, Prediction, Speech, Target
from schemas.explanation import Ground, Origin, Part
from schemas.extraction import Extraction
from schemas.text import Span
from tests.extract.claim_readings import read

FORECAST = Prediction(
    target=Target(target_id="housing.price", subject="housing", measure="price"), direction=Direction.UP
)
TEXT = "房價將再漲。租金太貴。成交量減半。"
RENT = "租金太貴"


class SameNames:
    """Compares speakers as they are."""

    def __init__(self, gold: dict[str, Any], system: dict[str, Any]) -> None:
        del gold, system

    def same_set(self, gold: list[str], ours: list[str]) -> bool:
        return gold == ours


def scorer() -> ModuleType:
    """Return a scorer that pairs claims with equal spans."""
    module = ModuleType("scorer")

    def match(gold: list[dict[str, Any]], ours: list[dict[str, Any]], prefer: object) -> list[tuple[int, int]]:
        del prefer
        places = {(claim["start"], claim["end"]): j for j, claim in enumerate(ours)}
        return [(i, places[c["start"], c["end"]]) for i, c in enumerate(gold) if (c["start"], c["end"]) in places]

    module.__dict__.update(match=match, Names=SameNames)
    return module


def claim(words: str, kind: str, speaker: str = "author") -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "kind": kind, "speakers": [speaker]}


def outcome(gold: list[dict[str, Any]], ours: list[dict[str, Any]]) -> Outcome:
    article = Article("a1", read(TEXT), Layers(), (), {"claims": gold})
    claims = tuple(found(one) for one in ours)
    return outcome_of(article, Extraction(document=article.reading.document, claims=claims), scorer())


def found(one: dict[str, Any]) -> Claim:
    """Return a claim of ours, whose kind the rule that it names gave, else the model."""
    kind, rule = ClaimKind(one["kind"]), one.get("rule")
    speakers, span = tuple(one["speakers"]), Span(start=one["start"], end=one["end"])
    return Claim(
        claim_id=f"claim-{span.start}-{span.end}",
        document_id="document-test",
        span=span,
        text=span.of(TEXT),
        kind=kind,
        attribution=Attribution(speakers=speakers, speech=Speech.INDIRECT),
        sentence_index=0,
        prediction=FORECAST if kind is ClaimKind.PREDICTION else None,
        explanation=(Ground(part=Part.KIND, origin=Origin.RULE if rule else Origin.MODEL, rule=rule or "model"),),
    )


@pytest.mark.parametrize(
    ("gold", "ours", "sort"),
    [
        ([claim(RENT, "opinion")], [claim(RENT, "fact")], "opinion taken for fact"),
        ([claim(RENT, "opinion")], [claim(RENT, "opinion", "bank")], "the narrator's claim given to another"),
        ([claim(RENT, "opinion", "bank")], [claim(RENT, "opinion")], "a speaker's claim given to the narrator"),
        ([claim(RENT, "opinion")], [], "opinion not seen"),
        ([claim(RENT, "opinion")], [claim("太貴", "opinion")], "opinion cut otherwise"),
        ([], [claim("成交量減半", "fact")], "fact found where none is"),
    ],
)  # fmt: skip
def test_an_error_has_its_class(gold: list[dict[str, Any]], ours: list[dict[str, Any]], sort: str) -> None:
    assert [error.sort for error in outcome(gold, ours).errors] == [sort]


def test_a_part_that_is_split_off_a_claim_that_was_found_is_one_error() -> None:
    whole = claim("房價將再漲", "prediction")
    part = {**whole, "start": whole["start"] + 2}
    errors = outcome([whole], [whole, part]).errors
    assert [(error.sort, error.start, error.end) for error in errors] == [("prediction split off another claim", 2, 5)]


def test_tallies_count_both_sides_by_kind() -> None:
    gold = [claim("房價將再漲", "prediction"), claim(RENT, "opinion")]
    tallies = outcome(gold, [claim("房價將再漲", "prediction"), claim(RENT, "fact")]).tallies
    assert tallies["prediction"].model_dump() == {"gold": 1, "ours": 1, "found": 1, "right": 1, "full": 1}
    assert tallies["opinion"].model_dump() == {"gold": 1, "ours": 0, "found": 1, "right": 0, "full": 0}
    assert tallies["fact"].ours == 1


def test_what_is_right_is_no_error() -> None:
    same = [claim("成交量減半", "fact", "bank")]
    assert outcome(same, same).errors == ()


def test_what_a_hard_rule_decided_is_counted_and_held_against_the_annotation() -> None:
    gold = [claim(RENT, "opinion"), claim("成交量減半", "fact")]
    ours = [one | {"kind": "opinion", "rule": "rule.rhetorical"} for one in gold]
    assert outcome(gold, [*ours, claim("房價將再漲", "fact")]).rules == {"rule.rhetorical": (2, 1)}
