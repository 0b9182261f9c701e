"""The trained attributor: rules propose who may be speaking, learned weights choose."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import tee

import numpy as np

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.blending import Shares
from extract.models.chooser import Ballot, Chooser
from extract.models.encoder.sorts import heard_of
from extract.models.features import view_of
from extract.models.stage import NARRATOR, Speakers, stage_of
from extract.models.store import shipped_model
from extract.models.voices import walk
from extract.propositions.protocol import Attributor, Proposition, Voice
from extract.propositions.speaking import RuleAttributor, attribution_of
from extract.reading import Reading
from schemas.claim import Attribution, Speech


def best_attributor() -> Attributor:
    """Return the trained attributor where its weights are installed, else the rules."""
    model = shipped_model()
    return RuleAttributor() if model is None else ModelAttributor(model.voices)


@dataclass(frozen=True, slots=True)
class ModelAttributor:
    """Chooses among the speakers around each proposition; cue and kind of speech stay those of the frame it fits.

    Attributes:
        chooser: weighs the candidates.
        shares: how much what the network heard counts beside it.
    """

    chooser: Chooser
    shares: Shares = field(default_factory=Shares)

    def attributions(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...], propositions: Iterable[Proposition]
    ) -> Iterator[Attribution]:
        """Yield who asserts each proposition; see `Attributor`."""
        framed, heard, placed = tee(propositions, 3)
        by_rule = RuleAttributor().attributions(reading, layers, frames, framed)
        stage = stage_of(view_of(reading, layers, frames))
        chosen = walk(stage, (one.span for one in placed), lambda _, ballot: self._likeliest(ballot, next(heard).voice))
        for ruled, speakers in zip(by_rule, chosen, strict=True):
            yield ruled if ruled.speakers == speakers else _carried(speakers)

    def _likeliest(self, ballot: Ballot, voice: Voice | None) -> Speakers:
        if voice is None or len(ballot.speakers) == 1:
            return self.chooser.likeliest(ballot)
        heard = self.shares.voice * np.log([heard_of(voice, who) for who in ballot.speakers])
        return ballot.speakers[int(np.argmax(self.chooser.chances(ballot) + heard))]


def _carried(speakers: tuple[str, ...]) -> Attribution:
    if speakers == NARRATOR:
        return attribution_of(None, "")
    return Attribution(speakers=speakers, speech=Speech.CARRIED)
