"""Which predictions are worth resolving again on a day, and why; a decided one never is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.indicators import Catalogue, Rule, catalogue
from kg.resolution.record import newest_by_claim
from schemas.claim import Claim
from schemas.evidence import Observation, Outcome, Reason, Resolution

DECIDED = frozenset({Outcome.TRUE, Outcome.FALSE, Outcome.ANNULLED})
WAITING_FOR_FIGURES = frozenset(
    {Reason.WINDOW_OPEN, Reason.DATA_NOT_RELEASED, Reason.HOLD_OUT, Reason.DATA_MISSING, Reason.NO_WINDOW}
)
"""What a new figure may change; an undated forecast can still be proved wrong by one."""


class Why(StrEnum):
    """What makes a prediction due."""

    NEVER_RESOLVED = "due.never_resolved"
    DATE_REACHED = "due.date_reached"
    NEW_FIGURES = "due.new_figures"
    RULE_CHANGED = "due.rule_changed"
    DATA_WAS_MISSING = "due.data_was_missing"


@dataclass(frozen=True, slots=True)
class Due:
    """A prediction to resolve, and the first reason that applies."""

    claim: Claim
    why: Why


def select_due(
    claims: Iterable[Claim],
    resolutions: Iterable[Resolution],
    observations: Iterable[Observation],
    *,
    as_of: date,
    rules: Catalogue | None = None,
) -> tuple[Due, ...]:
    """Return the predictions that are due on a day, in the order of the claims.

    Due is what was said by the day and has no resolution by then; what is pending and has reached its
    day; what a figure released since its last resolution may decide; what another rule settles now; and
    what lacked figures, as those may have been imported since. The last resolution of a day has seen
    all of that day.
    """
    known = rules or catalogue()
    newest = newest_by_claim(resolutions, as_of=as_of)
    released: dict[str, date] = {}
    for observation in observations:
        if observation.released_at <= as_of:
            seen = released.get(observation.indicator_id, date.min)
            released[observation.indicator_id] = max(seen, observation.released_at)
    found: list[Due] = []
    for claim in claims:
        if claim.prediction is None or (claim.said_on is not None and claim.said_on > as_of):
            continue
        rule = known.rule_for(claim.prediction.target.target_id)
        why = _why(newest.get(claim.claim_id), rule, released, as_of)
        if why is not None:
            found.append(Due(claim, why))
    return tuple(found)


def _why(last: Resolution | None, rule: Rule | None, released: dict[str, date], as_of: date) -> Why | None:
    if last is None or last.reason is Reason.PUBLISHED_LATER:
        return Why.NEVER_RESOLVED
    if last.outcome in DECIDED:
        return None
    if last.rule_id != (rule.rule_id if rule is not None else None):
        return Why.RULE_CHANGED
    if rule is None or last.as_of == as_of or last.reason not in WAITING_FOR_FIGURES:
        return None
    if last.due_on is not None and last.due_on <= as_of:
        return Why.DATE_REACHED
    if any(released.get(i, date.min) > last.as_of for i in rule.indicator_ids):
        return Why.NEW_FIGURES
    return Why.DATA_WAS_MISSING if last.reason is Reason.DATA_MISSING else None
