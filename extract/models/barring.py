"""Runs of atoms that are no propositions by a hard rule, whatever the models say: they begin or end in mid-thought."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extract.models.atoms import Atom
from extract.models.semicrf import Lattice
from extract.propositions.leaning import leans_ahead, leans_back
from extract.reading import Reading


def barred_runs(reading: Reading, atoms: Sequence[Atom], lattice: Lattice) -> npt.NDArray[np.bool_]:
    """Return which runs of a sentence end with a clause that leans on the next or begin with one that leans back.

    Only a comma parts such clauses; behind other marks, and behind what introduces speech, they may stand alone.

    Args:
        reading: the document.
        atoms: those of the sentence.
        lattice: its runs.
    """
    begins = [i > 0 and _joins(atoms, i) and leans_back(reading.shadow, atom.start) for i, atom in enumerate(atoms)]
    ends = [
        i + 1 < len(atoms) and _joins(atoms, i + 1) and leans_ahead(reading, atom.start, atom.end)
        for i, atom in enumerate(atoms)
    ]
    barred: npt.NDArray[np.bool_] = np.array(begins)[lattice.firsts] | np.array(ends)[lattice.lasts]
    return barred


def _joins(atoms: Sequence[Atom], index: int) -> bool:
    """Return whether an atom goes on behind a comma with what the atom before it says."""
    return atoms[index].mark == "," and not atoms[index - 1].is_lead
