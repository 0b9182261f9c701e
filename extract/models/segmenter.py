"""The trained segmenter: one lattice a sentence, the parting that is most likely right character by character."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.atoms import atoms_of, cuts_of
from extract.models.features import SentenceView, sentence_view, view_of
from extract.models.semicrf import LABELS, NONE, Run, Weights, best_parting, chances_of, lattice_of, scores_of
from extract.models.store import shipped_model
from extract.propositions.cutting import refusal_of
from extract.propositions.protocol import Proposition, Segmenter
from extract.propositions.rules import RuleSegmenter
from extract.propositions.trimming import trimmed
from extract.reading import Reading, skipped
from schemas.claim import ClaimKind
from schemas.extraction import Refusal, Skipped

_RULE = "model"
_VERBS = frozenset({"v", "vd", "vn"})


def best_segmenter() -> Segmenter:
    """Return the trained segmenter where its weights are installed, else the rules."""
    model = shipped_model()
    return RuleSegmenter() if model is None else ModelSegmenter(model.weights)


@dataclass(frozen=True, slots=True)
class ModelSegmenter:
    """Cuts and tells kinds with learned weights.

    Its features are words as LAC cuts them: a reading without parts of speech goes to the rules.
    """

    weights: Weights

    def segments(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]
    ) -> tuple[tuple[Proposition, ...], tuple[Skipped, ...]]:
        """Return the propositions in text order and what was left out; see `Segmenter`."""
        if not any(word.pos in _VERBS for word in reading.words):
            return RuleSegmenter().segments(reading, layers, frames)
        view, cuts = view_of(reading, layers, frames), cuts_of(frames)
        found: list[Proposition] = []
        left_out: list[Skipped] = []
        for index, sentence in enumerate(reading.sentences):
            atoms = atoms_of(reading, layers, cuts, index)
            here = tuple(self._in_sentence(sentence_view(view, index, atoms))) if atoms else ()
            found += here
            if not here:
                reason = refusal_of(reading, sentence) or Refusal.SENTENCE_NO_CLAIM
                left_out.append(skipped(reason, sentence.span.start, sentence.span.end, "propositions"))
        return tuple(found), tuple(left_out)

    def _in_sentence(self, sentence: SentenceView) -> Iterator[Proposition]:
        lattice = lattice_of(sentence)
        neighbours = self.weights.neighbours.astype(np.float64)
        chances, _ = chances_of(lattice, scores_of(lattice, self.weights), neighbours)
        shadow = sentence.view.reading.shadow
        for run in best_parting(lattice, chances):
            if run.label == NONE:
                continue
            span = trimmed(shadow, sentence.atoms[run.first].atom.start, sentence.atoms[run.last].atom.end)
            if span:
                yield Proposition(span, ClaimKind(LABELS[run.label]), _margin(run), _RULE)


def _margin(run: Run) -> float:
    """Return by how much the chance of the label beats the next one for this run, 0..1."""
    first, second = sorted(run.chances, reverse=True)[:2]
    return float(first - second)
