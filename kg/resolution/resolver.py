"""From claims and observations to resolutions: one for each prediction, with its reason, as of a day."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from kg.indicators import Catalogue, Family, Rule, catalogue
from kg.resolution.bases import other_basis
from kg.resolution.case import Case, Finding, refused
from kg.resolution.evidence import Evidence, evidence_at
from kg.resolution.figures import resolve_figure
from kg.resolution.moves import resolve_moves
from kg.resolution.paths import resolve_path
from kg.resolution.policy import resolve_policy_rate
from kg.resolution.scoring import brier, error_score, midpoint, probability_scores
from kg.resolution.states import resolve_state
from schemas.base import Model
from schemas.claim import Claim, Direction, Prediction
from schemas.errors import DomainError
from schemas.evidence import Observation, Outcome, Reason, Resolution, Score
from schemas.ids import content_id

FAMILIES: Final[Mapping[Family, Callable[[Case], Finding]]] = MappingProxyType(
    {
        Family.FIGURE: resolve_figure,
        Family.PATH: resolve_path,
        Family.POLICY_RATE: resolve_policy_rate,
        Family.MOVES: resolve_moves,
        Family.STATE: resolve_state,
    }
)
DECIDED: Final = frozenset({Outcome.TRUE, Outcome.FALSE})
SETTLED_BY: Final = {"target", "direction", "value", "probability", "window", "condition"}
"""What of a prediction the id of a resolution follows from: what it says besides (hedges, a chance in words) settles
nothing, and stores that were kept before it could say so go on with the ids that they have."""


class Report(Model):
    """All resolutions of a run and what they add up to: every prediction is counted once."""

    as_of: date
    resolutions: tuple[Resolution, ...]
    outcomes: dict[Outcome, int]
    reasons: dict[Reason, int]
    scored: int

    @property
    def total(self) -> int:
        """The denominator: how many predictions there were."""
        return len(self.resolutions)


def resolve(
    claim: Claim, observations: Iterable[Observation], *, as_of: date, rules: Catalogue | None = None
) -> Resolution:
    """Return what a prediction came to on what was known on a day.

    Args:
        claim: a claim of kind prediction.
        observations: any observations; those released after `as_of` are not looked at.
        as_of: the day, end of day.
        rules: another catalogue than ours.

    Raises:
        DomainError: the claim holds no prediction, code "resolution.no_prediction".

    Example:
        >>> from schemas.claim import Attribution, ClaimKind, Direction, Speech, Target
        >>> from schemas.text import Span
        >>> target = Target(target_id="moon.base", subject="moon", measure="base")
        >>> claim = Claim(
        ...     claim_id="claim-1", document_id="document-1", span=Span(start=0, end=4), text="月球設站",
        ...     kind=ClaimKind.PREDICTION, attribution=Attribution(speakers=("author",), speech=Speech.NARRATION),
        ...     sentence_index=0, said_on=date(2025, 3, 20),
        ...     prediction=Prediction(target=target, direction=Direction.OCCURS),
        ... )
        >>> resolve(claim, [], as_of=date(2026, 10, 5)).reason.value
        'resolution.no_indicator'
    """
    return _resolve(claim, evidence_at(observations, as_of), rules or catalogue())


def resolve_all(
    claims: Iterable[Claim], observations: Iterable[Observation], *, as_of: date, rules: Catalogue | None = None
) -> Report:
    """Return the resolutions of all predictions among the claims, in their order, with the counts.

    Claims of other kinds are passed over; every prediction is counted, the refused ones too.
    """
    evidence, known = evidence_at(observations, as_of), rules or catalogue()
    found = tuple(_resolve(c, evidence, known) for c in claims if c.prediction is not None)
    return Report(
        as_of=as_of,
        resolutions=found,
        outcomes=dict(Counter(r.outcome for r in found)),
        reasons=dict(Counter(r.reason for r in found)),
        scored=sum(1 for r in found if r.scores),
    )


def _resolve(claim: Claim, evidence: Evidence, rules: Catalogue) -> Resolution:
    prediction = claim.prediction
    if prediction is None:
        raise DomainError(
            "resolution.no_prediction",
            f"{claim.claim_id} is of kind {claim.kind}: only predictions are resolved",
            claim_id=claim.claim_id,
        )
    rule = rules.rule_for(prediction.target.target_id)
    finding = _found(claim, prediction, rule, evidence, rules)
    scores, remark = _scores(prediction, finding)
    return Resolution(
        resolution_id=_id_of(claim, evidence.as_of, rule, finding),
        claim_id=claim.claim_id,
        as_of=evidence.as_of,
        outcome=finding.outcome,
        reason=finding.reason,
        explanation=" ".join(part for part in (finding.explanation, remark) if part),
        rule_id=rule.rule_id if rule is not None else None,
        due_on=finding.due_on,
        observation_ids=tuple(o.observation_id for o in finding.used),
        scores=scores,
    )


def _found(claim: Claim, prediction: Prediction, rule: Rule | None, evidence: Evidence, rules: Catalogue) -> Finding:
    if claim.said_on is None:
        why = "No date of the statement is known, so nothing shows that it was made before the outcome."
        return refused(Reason.NO_STATEMENT_DATE, why)
    if claim.said_on > evidence.as_of:
        return refused(Reason.PUBLISHED_LATER, f"Said on {claim.said_on}, after {evidence.as_of}.")
    if rule is None:
        why = f"No official series in the catalogue settles {prediction.target.target_id} yet."
        return refused(Reason.NO_INDICATOR, why)
    if prediction.is_conditional:
        why = "Asserted under a condition, and whether the condition came true has not been checked."
        return refused(Reason.CONDITION_UNCHECKED, why)
    case = Case(prediction, claim.said_on, rule, rules.indicators_of(rule), evidence)
    window = case.window
    if window is not None and window.end < claim.said_on and rule.family not in {Family.FIGURE, Family.STATE}:
        return refused(
            Reason.KNOWN_BEFORE, f"The window ended on {window.end}, before the statement of {claim.said_on}."
        )
    return other_basis(case) or FAMILIES[rule.family](case)


def _scores(prediction: Prediction, finding: Finding) -> tuple[tuple[Score, ...], str]:
    """Return the scores of a finding and what has to be said about them."""
    probability, measured = prediction.probability, finding.measured
    has_end = prediction.window is not None and prediction.window.end is not None
    if finding.reason is Reason.HOLD_OUT and probability is not None:
        would_be = brier(midpoint(probability), occurred=prediction.direction is Direction.NOT_OCCURS)
        return (), f"If it stays so, its Brier score is {would_be}."
    if finding.outcome not in DECIDED:
        return (), ""
    scores = (error_score(measured.forecast, measured.actual),) if measured is not None else ()
    if probability is None:
        return scores, ""
    if not has_end:
        return scores, "Its chance is not scored: without an end of the window it could come true only."
    occurred = finding.outcome is Outcome.TRUE
    interval = f"{probability.low} to {probability.high}"
    remark = (
        f"Scored at {midpoint(probability)}, the middle of {interval}." if probability.low != probability.high else ""
    )
    return (*scores, *probability_scores(probability, occurred=occurred)), remark


def _id_of(claim: Claim, as_of: date, rule: Rule | None, finding: Finding) -> str:
    """Return the id of a resolution: one reading of a claim, one day, one rule, one set of figures."""
    used = tuple(f"{o.observation_id}={o.value}" for o in finding.used)
    rule_id = rule.rule_id if rule is not None else None
    said = claim.prediction.model_dump_json(include=SETTLED_BY) if claim.prediction is not None else None
    said_on = claim.said_on.isoformat() if claim.said_on is not None else None
    parts = (claim.claim_id, said_on, said, as_of.isoformat(), rule_id, finding.reason.value, used)
    return content_id("resolution", *parts)
