from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from kg.linking.identity import identities_of
from kg.resolution.record import MINIMUM, group_restatements, newest_by_claim, track_records
from schemas.actor import JudgementValue, judgement_of
from schemas.claim import Claim
from schemas.evidence import Outcome, Reason, Resolution, Score, ScoreRule
from tests.kg.resolution.cases import SAID, YEAR_2025, forecast

AS_OF = date(2026, 10, 5)


def said(target: str, place: int, *, speaker: str = "mei-lin", days: int = 0) -> Claim:
    return forecast(target, "occurs", window=YEAR_2025, place=place, speaker=speaker, said_on=SAID + timedelta(days))


def resolved(
    claim: Claim, outcome: Outcome, brier: str | None = None, *, as_of: date = AS_OF, rule: ScoreRule = ScoreRule.BRIER
) -> Resolution:
    score = Score(rule=rule, value=Decimal(brier), forecast=Decimal("0.5"), outcome=Decimal(1)) if brier else None
    return Resolution(
        resolution_id=f"resolution-{claim.claim_id}-{as_of}",
        claim_id=claim.claim_id,
        as_of=as_of,
        outcome=outcome,
        reason=Reason.RULE_MET,
        explanation="a case of our own",
        scores=(score,) if score else (),
    )


def test_a_question_said_three_times_is_one_group_and_its_first_statement_counts() -> None:
    later, first, again = said("x.a", 0, days=9), said("x.a", 10), said("x.a", 20, days=3)
    (group,) = group_restatements([later, first, again])
    assert group.claim_ids == (first.claim_id, again.claim_id, later.claim_id)
    assert group.first_claim_id == first.claim_id


def test_another_target_another_window_or_another_speaker_is_another_group() -> None:
    claims = (
        said("x.a", 0),
        said("x.b", 10),
        said("x.a", 20, speaker="bo-chen"),
        forecast("x.a", "occurs", window=("2025-01-01", "2025-06-30"), place=30, speaker="mei-lin"),
        forecast("x.a", "occurs", place=40, speaker="mei-lin"),
    )
    assert len(group_restatements(claims)) == 5


def test_the_authors_of_two_articles_are_two_speakers() -> None:
    first = said("x.a", 0, speaker="author")
    second = said("x.a", 10, speaker="author").model_copy(update={"document_id": "document-2"})
    assert [g.speaker_id for g in group_restatements([first, second])] == ["author:document-1", "author:document-2"]


def test_actors_who_were_merged_are_one_speaker() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    merged = identities_of([judgement_of(("mei-lin", "lin-mei"), JudgementValue.SAME, who="test", why="one", at=at)])
    claims = [said("x.a", 0), said("x.a", 10, speaker="lin-mei", days=2)]
    (group,) = group_restatements(claims, merged)
    assert (group.speaker_id, len(group.claim_ids)) == (merged.canonical("mei-lin"), 2)
    assert [r.statements for r in track_records(claims, (), as_of=AS_OF, identities=merged)] == [2]


def test_an_undated_statement_cannot_be_the_first_and_is_left_out() -> None:
    assert group_restatements([said("x.a", 0).model_copy(update={"said_on": None})]) == ()


def test_a_mean_is_shown_from_ten_scored_groups_on_and_not_before() -> None:
    claims = [said(f"x.t{n}", n * 10) for n in range(MINIMUM)]
    found = [resolved(c, Outcome.FALSE, "0.25" if n else "0.81") for n, c in enumerate(claims)]
    (record,) = track_records(claims, found, as_of=AS_OF)
    assert (record.brier_scored, record.mean_brier) == (10, Decimal("0.3060"))
    (short,) = track_records(claims, found[1:], as_of=AS_OF)
    assert (short.groups, short.brier_scored, short.mean_brier) == (10, 9, None)
    assert short.outcomes == {Outcome.PENDING: 1, Outcome.FALSE: 9}


def test_restating_ten_times_does_not_make_ten_groups() -> None:
    claims = [said("x.a", n * 10, days=n) for n in range(MINIMUM)]
    (record,) = track_records(claims, [resolved(c, Outcome.TRUE, "0.04") for c in claims], as_of=AS_OF)
    assert (record.groups, record.statements, record.brier_scored, record.mean_brier) == (1, 10, 1, None)


def test_the_outcomes_add_up_to_the_groups_with_the_refused_ones_among_them() -> None:
    claims = [said("x.a", 0), said("x.b", 10), said("x.c", 20)]
    found = [resolved(claims[0], Outcome.UNRESOLVABLE), resolved(claims[1], Outcome.TRUE)]
    (record,) = track_records(claims, found, as_of=AS_OF)
    assert record.outcomes == {Outcome.UNRESOLVABLE: 1, Outcome.TRUE: 1, Outcome.PENDING: 1}


def test_errors_are_averaged_within_one_target_only() -> None:
    windows = [(f"20{n}-01-01", f"20{n}-12-31") for n in range(26, 36)]
    claims = [forecast("x.a", "level", window=w, place=n * 10, speaker="mei-lin") for n, w in enumerate(windows)]
    claims.append(forecast("x.b", "level", window=YEAR_2025, place=500, speaker="mei-lin"))
    found = [resolved(c, Outcome.FALSE, "1.5", rule=ScoreRule.ABSOLUTE_ERROR) for c in claims]
    (record,) = track_records(claims, found, as_of=AS_OF)
    assert record.mean_absolute_error == {"x.a": Decimal("1.5000")}


def test_the_newest_resolution_at_or_before_the_day_counts() -> None:
    claim = said("x.a", 0)
    old = resolved(claim, Outcome.PENDING, as_of=date(2026, 1, 1))
    new = resolved(claim, Outcome.FALSE, as_of=date(2026, 6, 1))
    after = resolved(claim, Outcome.TRUE, as_of=date(2027, 1, 1))
    assert newest_by_claim([new, after, old], as_of=AS_OF) == {claim.claim_id: new}


def test_what_was_said_after_the_day_is_in_no_record() -> None:
    assert track_records([said("x.a", 0)], (), as_of=SAID - timedelta(1)) == ()
