"""Two learners as one: the chain over hashed features and the network weigh the same runs; their scores are added."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.models.atoms import Atom
from extract.models.encoder.evidence import Evidence
from extract.models.semicrf import NONE, Array, Lattice


@dataclass(frozen=True, slots=True)
class Shares:
    """How much each learner counts, chosen by cross-validation by article; see `MODEL_CARD.md`.

    Attributes:
        chain: of the scores of the chain, its neighbours included.
        cut: of the network's log odds that a run is a claim.
        kind: of its log chances of the kinds.
        voice: of the log chances of whom it points at, beside those of the choice among candidates.
        claim: added to the scores of all runs that are claims: without it runs come out longer and fewer than the
            gold's, for our own articles, which are learned from too, are cut a little more coarsely.
    """

    chain: float = 1.0
    cut: float = 0.3
    kind: float = 0.3
    voice: float = 0.8
    claim: float = 0.5


def blended(scores: Array, lattice: Lattice, atoms: Sequence[Atom], evidence: Evidence, shares: Shares) -> Array:
    """Return the scores of all runs of a sentence by both learners, shape (runs, labels).

    Args:
        scores: those of the chain.
        lattice: the runs.
        atoms: what they are made of.
        evidence: what the network says of the document.
        shares: how much each counts.
    """
    odds, kinds = evidence.of_runs(
        [atoms[first].start for first in lattice.firsts], [atoms[last].end for last in lattice.lasts]
    )
    total: Array = shares.chain * scores
    total[:, :NONE] += shares.cut * odds[:, None] + shares.kind * kinds
    return total
