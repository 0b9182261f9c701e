"""A rate that holds until its committee moves it: what was in force on a day, and when it moved.

Two clocks meet here. A level counts from the day it takes effect, a move from the day it is announced:
the cut announced on 2025-12-10 took effect on 2025-12-11.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from kg.resolution.case import Case, Finding, Window, days_later, pending, refused
from kg.resolution.evidence import Figure
from schemas.claim import Direction
from schemas.evidence import Reason


@dataclass(frozen=True, slots=True)
class Move:
    """A change of the rate, by the figure that shows it; `size` is positive, in percentage points."""

    figure: Figure
    size: Decimal

    @property
    def announced_on(self) -> date:
        """The day it became known."""
        return self.figure.released_at


def moves_of(case: Case, direction: Direction) -> tuple[Move, ...]:
    """Return the visible moves upwards or downwards, in order; figures that repeat a level are no moves."""
    sign = 1 if direction is Direction.UP else -1
    steps = ((after, (after.value - before.value) * sign) for before, after in pairwise(_figures(case)))
    return tuple(Move(figure, size) for figure, size in steps if size > 0)


def in_force(case: Case, day: date) -> Figure | None:
    """Return the figure in force on a day; None where the series does not reach around it."""
    figures = _figures(case)
    if not figures or figures[-1].end < day:
        return None
    return next((f for f in reversed(figures) if f.start <= day), None)


def witnesses(case: Case, window: Window) -> tuple[Figure, ...]:
    """Return the figures that show that nothing moved: the ones in force at both ends of the window."""
    ends = (in_force(case, window.start), in_force(case, window.end))
    return tuple(f for f in dict.fromkeys(ends) if f is not None)


def waiting(case: Case, window: Window, *, since: date) -> Finding | None:
    """Return why the window can't be judged yet; None where the series runs from a day beyond its end.

    That nothing was heard is no proof that nothing moved: the series must show a figure at or after the end.
    """
    figures = _figures(case)
    due = days_later(window.end, case.rule.lag_days)
    patience = days_later(due, case.rule.grace_days)
    if case.as_of <= window.end:
        return pending(Reason.WINDOW_OPEN, due, f"Decided by {case.series.title} on {window.end}, known by {due}.")
    starts_late = bool(figures) and figures[0].start > since
    if figures and figures[-1].end >= window.end and not starts_late:
        return None
    if starts_late or case.as_of > patience:
        return missing(case, window)
    known = f"only up to {figures[-1].end}" if figures else "for no day"
    late = f"{case.series.title} is known {known}; we wait until {patience} for a figure at or after {window.end}."
    return pending(Reason.DATA_NOT_RELEASED, patience, late)


def missing(case: Case, window: Window) -> Finding:
    """Return the refusal for a window the series does not cover."""
    return refused(
        Reason.DATA_MISSING,
        f"{case.series.indicator_id} is not known for all of {window}: import its observations and resolve again.",
    )


def _figures(case: Case) -> tuple[Figure, ...]:
    return case.evidence.figures(case.series.indicator_id, case.rule.vintage)
