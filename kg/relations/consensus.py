"""What all who forecast one thing for one time say together: who, how much, how far apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TypeAlias

from pydantic import computed_field

from kg.relations.reading import Shape, Stated
from kg.relations.relating import STANDING, IsHouse, is_one_voice
from kg.resolution.comparing import ONE_SIDED
from schemas.base import Model
from schemas.claim import Direction, Probability
from schemas.prediction import Basis
from schemas.quantity import Quantity

Key: TypeAlias = tuple[str, date | None, date | None, Shape, Basis | None, str]


class Held(Model):
    """What one voice holds last: by which claim, since when."""

    claim_id: str
    speakers: tuple[str, ...]
    said_on: date
    direction: Direction | None
    value: Quantity | None
    probability: Probability | None
    is_denied: bool = False


class Spread(Model):
    """The middle and the ends of several numbers; `spread` is how far the ends are apart."""

    median: Decimal
    low: Decimal
    high: Decimal

    @computed_field  # type: ignore[prop-decorator]
    @property
    def spread(self) -> Decimal:
        """How far the ends are apart, in the unit of the numbers."""
        return self.high - self.low


class Consensus(Model):
    """What is forecast for a target and a window, by how many voices, as of a day.

    Attributes:
        target_id: what is forecast.
        window_start, window_end: for when; both None where no window is stated.
        shape: a level, a movement, or an event that comes or not.
        basis: how the figures are meant; None where their words do not say.
        unit: of the figures; empty where there are none.
        as_of: the day of the last forecast that counts.
        count: how many voices there are; each counts once, with what it said last.
        values: of the figures that leave neither side open (逾5% does), of a range its middle; None without any.
        chances: of the stated chances, as shares; None without any.
        directions: how many voices expect which way.
        held: who says what, the last first.
    """

    target_id: str
    window_start: date | None
    window_end: date | None
    shape: Shape
    basis: Basis | None
    unit: str
    as_of: date
    count: int
    values: Spread | None
    chances: Spread | None
    directions: dict[Direction, int]
    held: tuple[Held, ...]


def consensus_of(claims: Iterable[Stated], *, is_house: IsHouse, as_of: date | None = None) -> tuple[Consensus, ...]:
    """Return what is held together, one item for each target, window, shape, basis and unit; most voices first.

    Forecasts under a condition are left out, and those said longer before the day than a forecast counts as held
    (200 days).

    Args:
        claims: forecasts as their values say them.
        is_house: whether a person works for an actor; such two count as one voice.
        as_of: the day on which it is held; each item's own last forecast where it is left out.
    """
    groups: dict[Key, list[Stated]] = defaultdict(list)
    for stated in claims:
        if _counts(stated) and (as_of is None or stated.said_on <= as_of):
            groups[_key(stated)].append(stated)
    items = (_consensus(key, group, as_of or max(s.said_on for s in group), is_house) for key, group in groups.items())
    return tuple(sorted((item for item in items if item is not None), key=_rank))


def _counts(stated: Stated) -> bool:
    return stated.terms.condition is None and stated.terms.shape is not Shape.FACT


def _key(stated: Stated) -> Key:
    window = stated.time.window
    unit = stated.figure.quantity.unit if stated.figure is not None else ""
    ends = (window.start, window.end) if window is not None else (None, None)
    return stated.terms.about, *ends, stated.terms.shape, stated.terms.basis, unit


def _rank(item: Consensus) -> tuple[int, str, date, date, str, str]:
    ends = (item.window_start or date.min, item.window_end or date.max)
    return -item.count, item.target_id, *ends, item.shape.value, item.unit


def _consensus(key: Key, group: Sequence[Stated], as_of: date, is_house: IsHouse) -> Consensus | None:
    target_id, start, end, shape, basis, unit = key
    held = _held(group, as_of, is_house)
    if not held:
        return None
    points = [_middle(s.figure.quantity) for s in held if s.figure is not None and not _is_open(s)]
    chances = [(s.chance.low + s.chance.high) / 2 for s in held if s.chance is not None]
    ways = Counter(way for s in held if (way := _way(s)) is not None)
    return Consensus(
        target_id=target_id,
        window_start=start,
        window_end=end,
        shape=shape,
        basis=basis,
        unit=unit,
        as_of=as_of,
        count=len(held),
        values=_spread(points),
        chances=_spread(chances),
        directions=dict(sorted(ways.items())),
        held=tuple(_shown(stated) for stated in held),
    )


def _held(group: Sequence[Stated], as_of: date, is_house: IsHouse) -> list[Stated]:
    """Return the last forecast of each voice, the last first."""
    held: list[Stated] = []
    for stated in sorted(group, key=lambda stated: stated.order, reverse=True):
        is_old = stated.said_on < as_of - STANDING
        if not is_old and not any(is_one_voice(other, stated, is_house) for other in held):
            held.append(stated)
    return held


def _is_open(stated: Stated) -> bool:
    """Whether a figure leaves one side open, or is denied: then it is no point to take a median of."""
    figure = stated.figure.quantity if stated.figure is not None else None
    return figure is None or stated.is_denied or (figure.bound in ONE_SIDED and figure.low == figure.high)


def _middle(quantity: Quantity) -> Decimal:
    return (quantity.low + quantity.high) / 2


def _way(stated: Stated) -> Direction | None:
    return Direction.NOT_OCCURS if stated.is_denied else stated.direction


def _spread(points: Sequence[Decimal]) -> Spread | None:
    return Spread(median=median(points), low=min(points), high=max(points)) if points else None


def _shown(stated: Stated) -> Held:
    return Held(
        claim_id=stated.claim_id,
        speakers=tuple(sorted(stated.voices)),
        said_on=stated.said_on,
        direction=_way(stated),
        value=stated.figure.quantity if stated.figure is not None else None,
        probability=stated.chance,
        is_denied=stated.is_denied,
    )
