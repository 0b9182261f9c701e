"""Who says what: frames of speech, found by cue, subject, quotation, label and carry-over."""

from extract.attribution.finding import find_frames
from extract.attribution.frames import Frame, frame_at

__all__ = ["Frame", "find_frames", "frame_at"]
