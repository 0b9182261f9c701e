"""Where a claim stands: what was judged of it last, and whether it still waits for its day.

Every engine keeps the standing of each claim beside its facets and works it out here, so that `outcome`, `review`
and `due_by` mean the same everywhere.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from schemas.evidence import Outcome, VerdictValue
from schemas.graph import NodeLabel, Review

JUDGING: Final = (NodeLabel.RESOLUTION, NodeLabel.VERDICT)
"""What judges a claim."""
DECIDED: Final = (
    Outcome.TRUE.value, Outcome.FALSE.value, Outcome.ANNULLED.value,
    VerdictValue.SUPPORTED.value, VerdictValue.REFUTED.value, VerdictValue.MIXED.value,
)  # fmt: skip


class Judged(NamedTuple):
    """One resolution or verdict of a claim; they compare by day, then by id."""

    as_of: str
    node_id: str
    outcome: str
    due: str | None


class Standing(NamedTuple):
    """What was judged of a claim last, and the day that it waits for; None where there is none."""

    outcome: str | None
    due: str | None


def standing_of(window_end: str | None, judged: Iterable[Judged]) -> Standing:
    """Return where a claim stands.

    Args:
        window_end: the last day of its window, as an ISO date; None where it states none.
        judged: its resolutions and verdicts, in any order.

    Returns:
        The last outcome, None where nothing was judged. The day it waits for: the one that a pending resolution
        names, else the end of the window; None where it is decided, or nothing more is to be waited for.

    Example:
        >>> standing_of("2025-12-31", [])
        Standing(outcome=None, due='2025-12-31')
        >>> standing_of("2025-12-31", [Judged("2026-01-02", "resolution-1", "pending", "2026-01-29")])
        Standing(outcome='pending', due='2026-01-29')
        >>> standing_of("2025-12-31", [Judged("2026-02-01", "resolution-2", "true", None)])
        Standing(outcome='true', due=None)
    """
    last = max(judged, default=None)
    if last is None:
        return Standing(None, window_end)
    return Standing(last.outcome, (last.due or window_end) if last.outcome == Outcome.PENDING.value else None)


def review_of(outcome: str | None) -> Review:
    """Return how far a claim with this last outcome was judged.

    Example:
        >>> review_of(None), review_of("pending"), review_of("refuted")
        (<Review.UNREVIEWED: 'unreviewed'>, <Review.OPEN: 'open'>, <Review.DECIDED: 'decided'>)
    """
    if outcome is None:
        return Review.UNREVIEWED
    return Review.DECIDED if outcome in DECIDED else Review.OPEN
