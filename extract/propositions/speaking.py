"""Who asserts a proposition, by the frames that the rules found."""

from collections.abc import Iterable, Iterator

from extract.attribution import Frame, frame_at
from extract.layers import Layers
from extract.propositions.protocol import Proposition
from extract.reading import Reading
from schemas.actor import AUTHOR
from schemas.claim import Attribution, Speech


class RuleAttributor:
    """Gives each proposition to the innermost frame that holds it, and to the narrator outside all frames."""

    def attributions(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...], propositions: Iterable[Proposition]
    ) -> Iterator[Attribution]:
        """Yield who asserts each proposition; see `Attributor`."""
        return (attribution_of(frame_at(frames, one.span), reading.document.text) for one in propositions)


def attribution_of(frame: Frame | None, text: str) -> Attribution:
    """Return the attribution that a frame gives; the narrator's without one or where its speaker is unknown.

    Example:
        >>> attribution_of(None, "").speakers
        ('author',)
    """
    if frame is None:
        return Attribution(speakers=(AUTHOR,), speech=Speech.NARRATION)
    if frame.speakers == (AUTHOR,):
        return Attribution(speakers=(AUTHOR,), speech=Speech.NARRATION if frame.is_resolved else frame.speech)
    cue = frame.cue_span.of(text) if frame.cue_span and frame.cue else None
    return Attribution(speakers=frame.speakers, speech=frame.speech, cue=cue, cue_span=frame.cue_span if cue else None)
