"""Track records: what a speaker's forecasts came to, each question once, and never from a handful.

The denominator is part of the record: what was refused or is still open is counted beside what was scored.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from kg.ledger import speaker_node_id
from kg.linking.identity import Identities
from schemas.base import Model
from schemas.claim import Claim
from schemas.evidence import Outcome, Resolution, ScoreRule

MINIMUM: Final = 10
"""Scored groups below which no mean is shown: a score from fewer says more about luck than about skill."""
PLACES: Final = Decimal("0.0001")
"""What a mean is rounded to."""

Key = tuple[str, str, date | None, date | None]


class Group(Model):
    """The statements of one speaker on one question: one target, one window.

    The first statement is what counts; later ones restate or revise it.
    """

    speaker_id: str
    target_id: str
    window_start: date | None
    window_end: date | None
    claim_ids: tuple[str, ...]

    @property
    def first_claim_id(self) -> str:
        """The statement that is scored."""
        return self.claim_ids[0]


class Record(Model):
    """What a speaker's groups came to, as of a day. `mean_brier` is None below `MINIMUM` scored groups.

    `outcomes` counts every group, so that it adds up to `groups`; `brier_scored` is the n of the mean.
    """

    speaker_id: str
    as_of: date
    groups: int
    statements: int
    outcomes: dict[Outcome, int]
    brier_scored: int
    mean_brier: Decimal | None
    mean_absolute_error: dict[str, Decimal]


def group_restatements(claims: Iterable[Claim], identities: Identities | None = None) -> tuple[Group, ...]:
    """Return the groups of all dated predictions among the claims, ordered by speaker, target and window.

    A claim with two speakers stands in a group of each. The author of a document is nobody else's author.
    An undated statement can't be the first one and is left out; so is a claim of another kind.

    Args:
        claims: any claims.
        identities: which ids mean one speaker; each id a speaker of its own where None.
    """
    found: dict[Key, list[tuple[date, str]]] = {}
    for claim in claims:
        if claim.prediction is None or claim.said_on is None:
            continue
        window = claim.prediction.window
        ends = (window.start, window.end) if window is not None else (None, None)
        for speaker in dict.fromkeys(claim.attribution.speakers):
            node_id = speaker_node_id(speaker, claim.document_id)
            speaker_id = identities.canonical(node_id) if identities is not None else node_id
            key = (speaker_id, claim.prediction.target.target_id, *ends)
            found.setdefault(key, []).append((claim.said_on, claim.claim_id))
    return tuple(
        Group(
            speaker_id=speaker,
            target_id=target,
            window_start=start,
            window_end=end,
            claim_ids=tuple(dict.fromkeys(claim_id for _, claim_id in sorted(said))),
        )
        for (speaker, target, start, end), said in sorted(found.items(), key=lambda item: _order(item[0]))
    )


def track_records(
    claims: Iterable[Claim],
    resolutions: Iterable[Resolution],
    *,
    as_of: date,
    identities: Identities | None = None,
) -> tuple[Record, ...]:
    """Return the record of every speaker with a dated prediction said by a day, ordered by speaker.

    Args:
        claims: any claims.
        resolutions: any resolutions; of each claim the newest at or before `as_of` counts, of two of one
            day the later in the order given.
        as_of: the day, end of day.
        identities: which ids mean one speaker; each id a speaker of its own where None.
    """
    said = [claim for claim in claims if claim.said_on is not None and claim.said_on <= as_of]
    newest = newest_by_claim(resolutions, as_of=as_of)
    by_speaker: dict[str, list[Group]] = {}
    for group in group_restatements(said, identities):
        by_speaker.setdefault(group.speaker_id, []).append(group)
    return tuple(_record(speaker, groups, newest, as_of) for speaker, groups in sorted(by_speaker.items()))


def newest_by_claim(resolutions: Iterable[Resolution], *, as_of: date) -> dict[str, Resolution]:
    """Return for each claim its newest resolution at or before a day; of one day, the last in the order given."""
    newest: dict[str, Resolution] = {}
    for resolution in resolutions:
        known = newest.get(resolution.claim_id)
        if resolution.as_of <= as_of and (known is None or known.as_of <= resolution.as_of):
            newest[resolution.claim_id] = resolution
    return newest


def _record(speaker_id: str, groups: Sequence[Group], newest: Mapping[str, Resolution], as_of: date) -> Record:
    counted = [newest.get(group.first_claim_id) for group in groups]
    briers = [s.value for r in counted if r is not None for s in r.scores if s.rule is ScoreRule.BRIER]
    errors: dict[str, list[Decimal]] = {}
    for group, resolution in zip(groups, counted, strict=True):
        for score in resolution.scores if resolution is not None else ():
            if score.rule is ScoreRule.ABSOLUTE_ERROR:
                errors.setdefault(group.target_id, []).append(score.value)
    return Record(
        speaker_id=speaker_id,
        as_of=as_of,
        groups=len(groups),
        statements=sum(len(group.claim_ids) for group in groups),
        outcomes=dict(Counter(r.outcome if r is not None else Outcome.PENDING for r in counted)),
        brier_scored=len(briers),
        mean_brier=_mean(briers),
        mean_absolute_error={t: mean for t, values in errors.items() if (mean := _mean(values)) is not None},
    )


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    if len(values) < MINIMUM:
        return None
    return (sum(values, Decimal(0)) / len(values)).quantize(PLACES)


def _order(key: Key) -> tuple[str, str, date, date]:
    speaker, target, start, end = key
    return (speaker, target, start or date.min, end or date.max)
