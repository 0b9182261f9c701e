"""What holds of relations whatever the claims say."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.relations.figures import Match, figure_of, match, negated
from kg.relations.judging import Agreement, Conflict, judge
from kg.relations.reading import Shape, Stated, Terms
from kg.relations.relating import Relation, relate, relate_beside
from kg.relations.windows import timed
from schemas.claim import Direction, Probability
from schemas.graph import EdgeType
from schemas.period import Period, Precision
from schemas.quantity import Bound, Quantity

FIRST = date(2025, 1, 1)
SHARES = st.integers(0, 10).map(lambda tenths: Decimal(tenths) / 10)
YEAR = Period(start=FIRST, end=date(2025, 12, 31), precision=Precision.YEAR)
JUNE = Period(start=date(2025, 6, 1), end=date(2025, 6, 30), precision=Precision.MONTH)


@st.composite
def quantities(draw: st.DrawFn, unit: str = "%") -> Quantity:
    low, width = draw(st.integers(-40, 60)), draw(st.sampled_from((0, 0, 5, 10)))
    return Quantity(
        low=Decimal(low) / 10, high=Decimal(low + width) / 10, unit=unit, bound=draw(st.sampled_from(list(Bound)))
    )


@st.composite
def chances(draw: st.DrawFn) -> Probability:
    low, high = sorted((draw(SHARES), draw(SHARES)))
    return Probability(low=low, high=high)


@st.composite
def claims(draw: st.DrawFn, number: int = 0) -> Stated:
    shape = draw(st.sampled_from((Shape.LEVEL, Shape.MOVEMENT, Shape.EVENT)))
    ways = {Shape.LEVEL: [None], Shape.MOVEMENT: [Direction.UP, Direction.DOWN, Direction.FLAT]}
    direction = draw(st.sampled_from(ways.get(shape, [Direction.OCCURS, Direction.NOT_OCCURS])))
    figure = figure_of(draw(quantities())) if shape is Shape.LEVEL else None
    return Stated(
        claim_id=f"claim-{number}",
        document_id=f"document-{draw(st.integers(0, 2))}",
        start=number,
        voices=frozenset(draw(st.sets(st.sampled_from("甲乙丙"), min_size=1, max_size=2))),
        terms=Terms(about="us.recession", shape=shape),
        time=timed(FIRST + timedelta(days=draw(st.integers(0, 300))), draw(st.sampled_from((YEAR, JUNE, None)))),
        direction=direction,
        figure=figure,
        is_denied=direction is Direction.NOT_OCCURS,
        chance=draw(st.none() | chances()) if direction is Direction.OCCURS else None,
        replaces=draw(st.none() | quantities().map(figure_of)),
    )


many = st.integers(0, 7).flatmap(lambda count: st.tuples(*(claims(number) for number in range(count))))


def related(group: tuple[Stated, ...]) -> tuple[Relation, ...]:
    return relate(group, is_house=lambda person, employer: (person, employer) == ("甲", "乙"))


@given(quantities(), quantities())
def test_figures_stand_to_each_other_the_same_from_either_side(one: Quantity, other: Quantity) -> None:
    here, there = figure_of(one), figure_of(other)
    assert match(here, there) is match(there, here)
    assert match(figure_of(negated(one)), figure_of(negated(other))) is match(here, there)
    assert match(here, here) is Match.EQUAL
    assert here.extent.is_apart_from(there.extent) is (match(here, there) is Match.APART)


@given(claims(0), claims(1))
def test_a_judgement_of_two_claims_is_the_same_from_either_side(one: Stated, other: Stated) -> None:
    assert judge(one, other) == judge(other, one)


@given(claims())
def test_no_claim_contradicts_itself(claim: Stated) -> None:
    assert not isinstance(judge(claim, claim), Conflict)


@given(claims(0), claims(1))
def test_what_agrees_does_not_conflict_under_other_names(one: Stated, other: Stated) -> None:
    if isinstance(judge(one, other), Agreement):
        assert related((one, other)) == () or {r.edge_type for r in related((one, other))} <= {
            EdgeType.RESTATES,
            EdgeType.SUPERSEDES,
        }


@settings(max_examples=200)
@given(many)
def test_no_claim_contradicts_what_repeats_it_or_what_it_repeats(group: tuple[Stated, ...]) -> None:
    relations = related(group)
    repeated = {frozenset((r.source_id, r.target_id)) for r in relations if r.edge_type is EdgeType.RESTATES}
    opposed = {frozenset((r.source_id, r.target_id)) for r in relations if r.edge_type is EdgeType.CONTRADICTS}
    assert repeated.isdisjoint(opposed)
    assert all(len(pair) == 2 for pair in repeated | opposed)


@given(many)
def test_a_claim_repeats_or_replaces_one_claim_at_the_most_and_none_said_later(group: tuple[Stated, ...]) -> None:
    said = {stated.claim_id: stated.said_on for stated in group}
    follows = [r for r in related(group) if r.edge_type is not EdgeType.CONTRADICTS]
    assert len({r.source_id for r in follows}) == len(follows)
    assert all(said[r.source_id] >= said[r.target_id] for r in follows)


@given(many, st.randoms(use_true_random=False))
def test_relations_do_not_depend_on_the_order_of_claims(group: tuple[Stated, ...], chance: object) -> None:
    turned = list(group)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert related(tuple(turned)) == related(group)


@given(many)
def test_a_voice_never_contradicts_itself(group: tuple[Stated, ...]) -> None:
    voices = {stated.claim_id: stated.voices for stated in group}
    opposed = [r for r in related(group) if r.edge_type is EdgeType.CONTRADICTS]
    assert all(voices[r.source_id].isdisjoint(voices[r.target_id]) for r in opposed)


@settings(max_examples=200)
@given(many, st.sets(st.integers(0, 7)))
def test_what_new_claims_change_is_what_relating_all_anew_changes(group: tuple[Stated, ...], late: set[int]) -> None:
    new = [stated for number, stated in enumerate(group) if number in late]
    stored = [stated for number, stated in enumerate(group) if number not in late]

    def is_house(person: str, employer: str) -> bool:
        return (person, employer) == ("甲", "乙")

    beside = relate_beside(stored, new, is_house=is_house)
    untouched = {r for r in related(tuple(stored)) if beside.touched.isdisjoint({r.source_id, r.target_id})}
    assert untouched | set(beside.relations) == set(related(group))
