"""The frame of a piece of speech: who speaks, by which word we know, and how far the speech reaches."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.placing import touching
from schemas.claim import Speech
from schemas.text import Sentence, Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of text that somebody other than the narrator asserts.

    Attributes:
        speakers: actor ids, or `market`, `analysts`; `author` where nobody could be made out.
        speech: how the text attributes it.
        content: where the speech reaches; a later frame inside takes over.
        lead: the words that introduce it (speaker, cue, colon), which no proposition holds; None where carried over.
        cue: the word that attributes, as written.
        category: what sort of cue it is (say, think, forecast, record, rate); of what is carried over, that of the cue
            before, `section` under a speaker's heading or in an article on one report, `open` in a quotation that runs
            on, `narrated` where the narrator takes over inside it.
        is_resolved: False where the text names a speaker that we could not make out.
    """

    speakers: tuple[str, ...]
    speech: Speech
    content: Span
    lead: Span | None = None
    cue: str | None = None
    cue_span: Span | None = None
    category: str = ""
    is_resolved: bool = True

    @property
    def start(self) -> int:
        """Where it begins: with what introduces the speech, else with the speech."""
        return self.lead.start if self.lead else self.content.start

    @property
    def is_narration(self) -> bool:
        """Whether the narrator takes over: to what learned from cues it is as if nobody spoke here."""
        return self.speech is Speech.NARRATION


def frames_by_sentence(sentences: Sequence[Sentence], frames: Iterable[Frame]) -> Mapping[int, Sequence[Frame]]:
    """Return for the start of each sentence that speech reaches into the frames of that speech, in their order.

    Example:
        >>> def sentence(start, end):
        ...     return Sentence(span=Span(start=start, end=end), section_index=0, paragraph_index=0, is_heading=False)
        >>> said = Frame(("lin",), Speech.INDIRECT, Span(start=2, end=7))
        >>> sorted(frames_by_sentence([sentence(0, 5), sentence(5, 9), sentence(9, 12)], [said]))
        [0, 5]
    """
    found: dict[int, list[Frame]] = {}
    for frame in frames:
        for sentence in touching(sentences, frame.content.start, frame.content.end):
            found.setdefault(sentence.span.start, []).append(frame)
    return found


_REACH = 200  # frames; speech that began more of them ago has ended


def frame_at(frames: Sequence[Frame], span: Span) -> Frame | None:
    """Return the innermost frame that holds the beginning of the span, else one that holds most of it.

    Args:
        frames: in order of their content.
        span: a proposition.
    """
    upto = bisect_right(frames, span.start, key=lambda frame: frame.content.start)
    holding = next((f for f in reversed(frames[max(0, upto - _REACH) : upto]) if span.start < f.content.end), None)
    if holding is not None:
        return holding
    half = (span.end - span.start) / 2
    beyond = bisect_left(frames, span.end, lo=upto, key=lambda frame: frame.content.start)
    return next((f for f in frames[upto:beyond] if min(f.content.end, span.end) - f.content.start > half), None)
