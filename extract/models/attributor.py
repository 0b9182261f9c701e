"""The trained attributor: rules propose who may be speaking, learned weights choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.chooser import Chooser
from extract.models.features import view_of
from extract.models.stage import NARRATOR, stage_of
from extract.models.store import shipped_model
from extract.models.voices import walk
from extract.propositions.protocol import Attributor
from extract.propositions.speaking import RuleAttributor, attribution_of
from extract.reading import Reading
from schemas.claim import Attribution, Speech
from schemas.text import Span


def best_attributor() -> Attributor:
    """Return the trained attributor where its weights are installed, else the rules."""
    model = shipped_model()
    return RuleAttributor() if model is None else ModelAttributor(model.voices)


@dataclass(frozen=True, slots=True)
class ModelAttributor:
    """Chooses among the speakers around each proposition; cue and kind of speech stay those of the frame it fits."""

    chooser: Chooser

    def attributions(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...], spans: Sequence[Span]
    ) -> tuple[Attribution, ...]:
        """Return who asserts each proposition; see `Attributor`."""
        by_rule = RuleAttributor().attributions(reading, layers, frames, spans)
        if not spans:
            return by_rule
        stage = stage_of(view_of(reading, layers, frames))
        chosen = walk(stage, spans, lambda _, ballot: self.chooser.likeliest(ballot))
        return tuple(
            ruled if ruled.speakers == speakers else _carried(speakers)
            for ruled, speakers in zip(by_rule, chosen, strict=True)
        )


def _carried(speakers: tuple[str, ...]) -> Attribution:
    if speakers == NARRATOR:
        return attribution_of(None, "")
    return Attribution(speakers=speakers, speech=Speech.CARRIED)
