"""Whether a forecast is meant as its rule measures: growth on the year before is no growth at an annual rate."""

from kg.indicators import Family
from kg.resolution.case import Case, Finding, refused
from kg.resolution.figures import frequency_of
from schemas.evidence import Frequency, Reason


def other_basis(case: Case) -> Finding | None:
    """Return the refusal of a forecast whose words say that its figure is meant otherwise; None where it may go on.

    What is only usual for an indicator, with no words that say so, is what its rule measures.
    """
    basis = case.prediction.basis
    if basis is None or not basis.is_stated or case.prediction.value is None:
        return None
    frequency = _frequency(case)
    measured = case.rule.bases.get(frequency, ()) if frequency else ()
    if not measured or basis.basis in measured:
        return None
    wanted = " or ".join(one.value for one in measured)
    return refused(Reason.BASIS_DISAGREES, f"Stated as {basis.basis.value}, while the rule measures {wanted}.")


def _frequency(case: Case) -> Frequency | None:
    """Return how often the series comes out that would settle it: of figures the one of the window's length."""
    if case.rule.family is not Family.FIGURE:
        return case.series.frequency
    return frequency_of(case.window) if case.window else None
