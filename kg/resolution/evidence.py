"""What could be known on a day: the observations released by then, and nothing later.

Every look at realised data goes through here, so that no rule can see past its `as_of`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from kg.indicators import VintagePolicy
from schemas.evidence import Observation


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation that has a value."""

    value: Decimal
    observation: Observation

    @property
    def start(self) -> date:
        """First day of the period it is about."""
        return self.observation.period_start

    @property
    def end(self) -> date:
        """Last day of the period it is about."""
        return self.observation.period_end

    @property
    def released_at(self) -> date:
        """The day it could first be known."""
        return self.observation.released_at


@dataclass(frozen=True, slots=True)
class Evidence:
    """Observations by indicator, all released at or before `as_of`, ordered by period and release."""

    as_of: date
    by_indicator: Mapping[str, tuple[Observation, ...]]

    def of(self, indicator_id: str) -> tuple[Observation, ...]:
        """Return all visible observations of a series; empty where there is none."""
        return self.by_indicator.get(indicator_id, ())

    def figures(self, indicator_id: str, vintage: VintagePolicy, *, by: date | None = None) -> tuple[Figure, ...]:
        """Return one figure for each period that has any, in order of period.

        Args:
            indicator_id: the series.
            vintage: whether the first or the latest release of each period counts; a cancelled release
                has no value and is passed over.
            by: leaves out what was released after this day too.
        """
        chosen: dict[tuple[date, date], Observation] = {}
        for observation in self.of(indicator_id):
            if observation.value is None or (by is not None and observation.released_at > by):
                continue
            period = (observation.period_start, observation.period_end)
            if vintage is VintagePolicy.LATEST or period not in chosen:
                chosen[period] = observation
        return tuple(Figure(o.value, o) for _, o in sorted(chosen.items()) if o.value is not None)

    def figure(self, indicator_id: str, period: tuple[date, date], vintage: VintagePolicy) -> Figure | None:
        """Return the figure of exactly this period; None where none is out."""
        found = (f for f in self.figures(indicator_id, vintage) if (f.start, f.end) == period)
        return next(found, None)

    def cancelled(self, indicator_id: str, period: tuple[date, date]) -> tuple[Observation, ...]:
        """Return the releases of this period that were cancelled or never made."""
        seen = self.of(indicator_id)
        return tuple(o for o in seen if o.value is None and (o.period_start, o.period_end) == period)


def evidence_at(observations: Iterable[Observation], as_of: date) -> Evidence:
    """Return what could be known at the end of a day, in an order that does not depend on the input's.

    Example:
        >>> evidence_at([], date(2026, 10, 5)).of("us.treasury.10y.daily")
        ()
    """
    visible = {(_order(o), o.observation_id): o for o in observations if o.released_at <= as_of}
    by_indicator: dict[str, list[Observation]] = {}
    for _, observation in sorted(visible.items()):
        by_indicator.setdefault(observation.indicator_id, []).append(observation)
    return Evidence(as_of, MappingProxyType({key: tuple(rows) for key, rows in by_indicator.items()}))


def _order(observation: Observation) -> tuple[date, date, date, str, str]:
    o = observation
    return (o.period_start, o.period_end, o.released_at, o.vintage, str(o.value))
