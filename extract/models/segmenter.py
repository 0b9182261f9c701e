"""The trained segmenter: one lattice a sentence, the parting that is most likely right character by character."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.atoms import atoms_of, cuts_of
from extract.models.barring import barred_runs
from extract.models.blending import Shares, blended
from extract.models.encoder.encoder import Encoder, shipped_encoder
from extract.models.encoder.evidence import Evidence
from extract.models.features import SentenceView, sentence_view, view_of
from extract.models.ruling import asks, ruled
from extract.models.semicrf import (
    IMPOSSIBLE,
    LABELS,
    NONE,
    Lattice,
    Run,
    Weights,
    best_parting,
    chances_of,
    joined,
    lattice_of,
    scores_of,
)
from extract.models.store import shipped_model
from extract.propositions.cutting import refusal_of
from extract.propositions.framing import without_bare_frames
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
    return RuleSegmenter() if model is None else ModelSegmenter(model.weights, shipped_encoder())


@dataclass(frozen=True, slots=True)
class ModelSegmenter:
    """Cuts and tells kinds with learned weights.

    Its features are words as LAC cuts them: a reading without parts of speech goes to the rules.

    Attributes:
        weights: of the chain over hashed features.
        encoder: the network that weighs the same runs; without one the chain decides alone.
        shares: how much each of the two counts.
    """

    weights: Weights
    encoder: Encoder | None = None
    shares: Shares = field(default_factory=Shares)

    def segments(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]
    ) -> tuple[tuple[Proposition, ...], tuple[Skipped, ...]]:
        """Return the propositions in text order and what was left out; see `Segmenter`."""
        if not any(word.pos in _VERBS for word in reading.words):
            return RuleSegmenter().segments(reading, layers, frames)
        evidence, lattices = self._weighing(reading, layers, frames)
        scores = self._scores(lattices, evidence)
        found: list[Proposition] = []
        left_out: list[Skipped] = []
        for sentence, (seen, lattice), weighed in zip(reading.sentences, lattices, scores, strict=True):
            cut = tuple(self._in_sentence((seen, lattice), weighed, evidence)) if lattice.size else ()
            here = tuple(without_bare_frames(reading, layers, cut))
            asked = [proposition for proposition in here if asks(reading, proposition)]
            left_out += [skipped(Refusal.QUESTION, p.span.start, p.span.end, "propositions") for p in asked]
            found += [ruled(reading, layers, proposition) for proposition in here if proposition not in asked]
            if not here:
                reason = refusal_of(reading, sentence) or Refusal.SENTENCE_NO_CLAIM
                left_out.append(skipped(reason, sentence.span.start, sentence.span.end, "propositions"))
        return tuple(found), tuple(left_out)

    def _weighing(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]
    ) -> tuple[Evidence | None, list[tuple[SentenceView, Lattice]]]:
        """Return what the network says, and the lattice of each sentence, which is built while the network runs."""
        with ThreadPoolExecutor(max_workers=1) as aside:
            weighed = aside.submit(self.encoder.evidence, reading, layers, frames) if self.encoder else None
            view, cuts = view_of(reading, layers, frames), cuts_of(frames)
            indices = range(len(reading.sentences))
            views = [sentence_view(view, index, atoms_of(reading, layers, cuts, index)) for index in indices]
            lattices = [(seen, lattice_of(seen)) for seen in views]
        return weighed.result() if weighed else None, lattices

    def _scores(
        self, lattices: Sequence[tuple[SentenceView, Lattice]], evidence: Evidence | None
    ) -> list[npt.NDArray[np.float64]]:
        """Return the scores of the runs of each sentence by both learners."""
        if not lattices:
            return []
        whole = joined([lattice for _, lattice in lattices])
        scores = scores_of(whole, self.weights)
        if evidence:
            atoms = [view.atom for seen, _ in lattices for view in seen.atoms]
            scores = blended(scores, whole, atoms, evidence, self.shares)
        scores[:, :NONE] += self.shares.claim
        return np.split(scores, np.cumsum([len(lattice.firsts) for _, lattice in lattices])[:-1])

    def _in_sentence(
        self, shown: tuple[SentenceView, Lattice], scores: npt.NDArray[np.float64], evidence: Evidence | None
    ) -> Iterator[Proposition]:
        sentence, lattice = shown
        neighbours = self.weights.neighbours.astype(np.float64)
        atoms = [view.atom for view in sentence.atoms]
        if evidence:
            neighbours = self.shares.chain * neighbours
        scores[barred_runs(sentence.view.reading, atoms, lattice), :NONE] = IMPOSSIBLE
        chances, _ = chances_of(lattice, scores, neighbours)
        shadow = sentence.view.reading.shadow
        for run in best_parting(lattice, chances):
            if run.label == NONE:
                continue
            span = trimmed(shadow, sentence.atoms[run.first].atom.start, sentence.atoms[run.last].atom.end)
            if span:
                voice = evidence.voice_in(span) if evidence else None
                yield Proposition(span, ClaimKind(LABELS[run.label]), _margin(run), _RULE, voice)


def _margin(run: Run) -> float:
    """Return by how much the chance of the label beats the next one for this run, 0..1."""
    first, second = sorted(run.chances, reverse=True)[:2]
    return float(first - second)
