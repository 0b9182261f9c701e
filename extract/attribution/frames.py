"""The frame of a piece of speech: who speaks, by which word we know, and how far the speech reaches."""

from dataclasses import dataclass

from schemas.claim import Speech
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of text that somebody other than the narrator asserts.

    Attributes:
        speakers: actor ids, or `market`, `analysts`; `author` where nobody could be made out.
        speech: how the text attributes it.
        content: where the speech reaches; a later frame inside takes over.
        lead: the words that introduce it (speaker, cue, colon), which no proposition holds; None where carried over.
        cue: the word that attributes, as written.
        category: what sort of cue it is (say, think, forecast, record, rate), empty without one.
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
