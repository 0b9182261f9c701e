"""The trained segmenter: one lattice a sentence, the parting that is most likely right character by character."""

from collections.abc import Iterator, Sequence
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
from schemas.text import Sentence

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

    def segments(self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]) -> Iterator[Proposition | Skipped]:
        """Yield propositions and what was left out, sentence by sentence, while the network reads ahead."""
        if not any(word.pos in _VERBS for word in reading.words):
            yield from RuleSegmenter().segments(reading, layers, frames)
            return
        view, cuts = view_of(reading, layers, frames), cuts_of(frames)
        for indices, evidence in self._heard(reading, layers, frames):
            views = [sentence_view(view, index, atoms_of(reading, layers, cuts, index)) for index in indices]
            lattices = [(seen, lattice_of(seen)) for seen in views]
            for shown, scores in zip(lattices, self._scores(lattices, evidence), strict=True):
                cut = tuple(self._in_sentence(shown, scores, evidence)) if shown[1].size else ()
                yield from _kept(reading, layers, shown[0].sentence, cut)

    def _heard(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]
    ) -> Iterator[tuple[range, Evidence | None]]:
        """Yield what the network says of some sentences after the other; nothing of all where there is none."""
        if self.encoder is None:
            yield range(len(reading.sentences)), None
        else:
            yield from self.encoder.evidence(reading, layers, frames)

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


def _kept(
    reading: Reading, layers: Layers, sentence: Sentence, cut: Sequence[Proposition]
) -> Iterator[Proposition | Skipped]:
    """Yield what stands of the propositions of a sentence, and why the others don't."""
    here = tuple(without_bare_frames(reading, layers, cut))
    if not here:
        reason = refusal_of(reading, sentence) or Refusal.SENTENCE_NO_CLAIM
        yield skipped(reason, sentence.span.start, sentence.span.end, "propositions")
    for proposition in here:
        if asks(reading, proposition):
            yield skipped(Refusal.QUESTION, proposition.span.start, proposition.span.end, "propositions")
        else:
            yield ruled(reading, layers, proposition)


def _margin(run: Run) -> float:
    """Return by how much the chance of the label beats the next one for this run, 0..1."""
    first, second = sorted(run.chances, reverse=True)[:2]
    return float(first - second)
