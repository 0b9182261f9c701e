"""Runs that no model may take for a proposition."""

import numpy as np

from extract.models.atoms import Atom
from extract.models.barring import barred_runs
from extract.models.semicrf import Lattice
from tests.extract.claim_readings import read

_NONE = np.array([], dtype=np.int64)


def barred(text: str, *, lead: int | None = None) -> list[tuple[str, str]]:
    """Return the first and the last clause of each barred run; clause `lead` introduces speech."""
    reading = read(text)
    atoms = tuple(
        Atom(c.span.start, c.span.end, reading.shadow[: c.span.start].rstrip()[-1:], is_lead=i == lead)
        for i, c in enumerate(reading.clauses)
    )
    runs = [(i, j) for i in range(len(atoms)) for j in range(i, len(atoms))]
    firsts, lasts = np.array([i for i, _ in runs]), np.array([j for _, j in runs])
    found = barred_runs(reading, atoms, Lattice(len(atoms), firsts, lasts, _NONE, _NONE, _NONE, _NONE))
    words = [reading.shadow[atom.start : atom.end].strip("，,。;；") for atom in atoms]
    return [(words[i], words[j]) for (i, j), is_barred in zip(runs, found, strict=True) if is_barred]


def test_no_run_ends_with_a_frame_before_a_comma() -> None:
    assert barred("毛利下滑，若油价回落，成本会降。") == [("毛利下滑", "若油价回落"), ("若油价回落", "若油价回落")]


def test_no_run_begins_with_a_sequel_behind_a_comma() -> None:
    assert barred("油价走高，从而推升成本。") == [("从而推升成本", "从而推升成本")]


def test_at_the_end_of_a_sentence_and_behind_other_marks_they_stand() -> None:
    assert barred("成本会降，若油价回落。") == []
    assert barred("若油价回落；成本会降。") == []


def test_what_introduces_speech_lets_a_sequel_begin() -> None:
    assert barred("林大中说，而是成本走高。", lead=0) == []
