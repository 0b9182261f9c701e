"""Words without any model: runs of Latin letters and digits, single Chinese characters, single marks."""

import re
from collections.abc import Iterator, Sequence

from extract.reading import Word
from schemas.text import Span

_WORD = re.compile(
    r"(?P<m>\d+(?:[.,]\d+)*|[〇零一二三四五六七八九十百千万亿兆两]+)|(?P<nz>[^\W\d_\u2e80-\U0003134f]+)|(?P<n>\w)|(?P<w>\S)"
)


class RuleTagger:
    """Reads on where LAC is absent: offsets hold, names and verbs stay unknown."""

    is_fallback = True
    name = "rules"

    def tag(self, text: str, shadow: str, stretches: Sequence[Span]) -> tuple[Word, ...]:
        """Return the words of the stretches; see `extract.tagging.protocol.Tagger`.

        Example:
            >>> [(w.text, w.pos) for w in RuleTagger().tag("Fed升3碼。", "Fed升3码。", [Span(start=0, end=7)])]
            [('Fed', 'nz'), ('升', 'n'), ('3', 'm'), ('碼', 'n'), ('。', 'w')]
        """
        return tuple(word for stretch in stretches for word in _words(text, shadow, stretch))


def _words(text: str, shadow: str, stretch: Span) -> Iterator[Word]:
    for match in _WORD.finditer(shadow, stretch.start, stretch.end):
        yield Word(match.start(), match.end(), text[match.start() : match.end()], match.lastgroup or "w")
