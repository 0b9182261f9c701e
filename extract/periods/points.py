"""Points: from a chain of atoms, the coarsest first, to the days it names.

The first atom is placed by the publication date, the passage and the tense of its clause; each further atom narrows
the window of those before it. A date that does not exist raises ValueError.
"""

from datetime import date
from typing import Final

from extract.periods.atoms import Atom, Basis, Kind
from extract.periods.calendar import Window, half_window, month_window, quarter_window, shift_months
from extract.periods.choosing import Choice
from extract.periods.days import Days
from extract.periods.narrowing import day_in, narrowed
from extract.periods.outcomes import check
from extract.periods.passage import Passage
from extract.periods.phrases import Chain
from extract.periods.years import Years

_OF_FISCAL_YEAR: Final = frozenset((Kind.HALF, Kind.QUARTER, Kind.FISCAL_QUARTER))


class Points:
    """Places chains of atoms in the calendar, by the state of the passage."""

    def __init__(self, passage: Passage) -> None:
        self.choice = Choice(passage)
        self.years = Years(self.choice)
        self.placers = {**self.years.placers, **Days(self.choice).placers}

    @property
    def today(self) -> date:
        """The publication date; raises NoReference where it is unknown."""
        return self.choice.today

    def window_of(self, chain: Chain, *, inherited: Window | None = None) -> Window:
        """Return the days a chain names.

        Args:
            chain: atoms from coarse to fine.
            inherited: the first point of a range, whose year and month the second takes where it names none.

        Raises:
            ValueError: the date does not exist.
            NotAPeriod, NoReference, Ambiguous: as their names say.
        """
        first = chain[0]
        window = _inheriting(first, inherited) if inherited is not None else None
        window = window or self.placers[first.kind](first, chain)
        for atom in chain[1:]:
            if first.kind is Kind.FISCAL and atom.kind in _OF_FISCAL_YEAR:
                window = self.years.inside_fiscal(first, atom)
            else:
                window = narrowed(window, atom)
        return window


def _inheriting(atom: Atom, inherited: Window) -> Window | None:
    """Return the second point of a range by the first: 10月5日至23日, 2024年10月至12月, 11月至2月."""
    base = inherited.start
    if base is None or atom.basis is not Basis.ABSOLUTE or atom.detail:
        return None
    low = int(atom.low)
    if atom.kind is Kind.DAY:
        window = day_in(base.replace(day=1), atom)
        is_later = window.start is None or window.start >= base
        return window if is_later else day_in(shift_months(base.replace(day=1), 1), atom)
    if atom.kind is Kind.MONTH:
        check(low, 12)
        return month_window(base.year + (1 if low < base.month else 0), low)
    if atom.kind is Kind.QUARTER:
        check(low, 4)
        return quarter_window(base.year + (1 if low < (base.month + 2) // 3 else 0), low)
    return half_window(base.year, low) if atom.kind is Kind.HALF else None
