"""Interviews that label their questions only: which paragraphs are the answers."""

import re

from extract.reading import Reading, paragraphs_of
from schemas.text import Sentence

_ASKS = re.compile(r"\s*(?:问|提问|记者|主持人|Q(?!\d))\s*(?:\([^)]*\)\s*)?[:.](?!\d)")
_LABELLED = re.compile(r"\s*[^\s,。;!?:]{1,12}(?:\([^)]*\))?\s?:")
_FEWEST = 2  # questions


def answering(reading: Reading) -> frozenset[int]:
    r"""Return the indexes of the paragraphs that answer a labelled question without a label of their own.

    An answer goes on until the next question, the last one for a paragraph; a heading ends it. None in a text whose
    answers are labelled.

    Example:
        >>> from schemas.text import Document, Sentence, Span
        >>> text = "問：貴嗎？\n不貴。\n問：會漲嗎？\n會。\n完。"
        >>> shadow = text.replace("問", "问").replace("：", ":")
        >>> def paragraph(index, start, end):
        ...     span = Span(start=start, end=end)
        ...     return Sentence(span=span, section_index=0, paragraph_index=index, is_heading=False)
        >>> places = ((0, 5), (6, 9), (10, 16), (17, 19), (20, 22))
        >>> sentences = tuple(paragraph(index, *place) for index, place in enumerate(places))
        >>> sorted(answering(Reading(Document(document_id="d", text=text), shadow, sentences=sentences)))
        [1, 3]
    """
    paragraphs = tuple(paragraphs_of(reading.sentences))
    asked = [_ASKS.match(reading.shadow, paragraph[0].span.start) is not None for paragraph in paragraphs]
    if sum(asked) < _FEWEST:
        return frozenset()
    found: set[int] = set()
    for index in range(1, len(paragraphs)):
        first = paragraphs[index][0]
        opens = asked[index - 1]
        goes_on = paragraphs[index - 1][0].paragraph_index in found and any(asked[index:])
        if opens and _is_labelled(reading, first) and not asked[index]:
            return frozenset()
        if (opens or goes_on) and not asked[index] and not first.is_heading:
            found.add(first.paragraph_index)
    return frozenset(found)


def _is_labelled(reading: Reading, first: Sentence) -> bool:
    return _LABELLED.match(reading.shadow, first.span.start, first.span.end) is not None
