"""Sentences that only tell how a person is minded (某某並不悲觀。): what follows without a cue is theirs."""

import re
from collections.abc import Collection, Iterator, Sequence

from extract.attribution.bridging import opens_anew
from extract.attribution.frames import Frame, frames_by_sentence
from extract.placing import starting_in
from extract.reading import Reading, paragraphs_of
from schemas.actor import ActorTag, ActorType
from schemas.claim import Speech
from schemas.text import Sentence

_MINDED = re.compile(
    "乐观|悲观|保守|[谨审]慎|强硬|直接|直白|尖锐|冷静|看法|意见|解释|说法|口径|立场|这么[看想]|这样[看想]|同意|不以为然|另一|"
    "反调|实际|介意|在意|担心|忧心|关注|感慨|态度|冷水|不满|失望|保留|细|理由|主张|答案|反对|赞成|质疑|批评|不买"
)
_TOLD = re.compile(r"\d|我|问|[?？]\s*$|没有对手|没有回应")
"""What makes such a sentence something else: a fact with figures, the narrator's own view, a question."""
_LONGEST = 45  # characters


def announced(reading: Reading, tags: Sequence[ActorTag], frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames of the sentences without a cue behind one that tells how a person is minded.

    They reach to the next cue, a name that opens a sentence, or the end of the paragraph.

    Args:
        reading: the document.
        tags: the mentions of actors, in text order.
        frames: what the cues of the document open.
    """
    cued = frames_by_sentence(reading.sentences, frames).keys()
    return tuple(
        frame
        for paragraph in paragraphs_of(reading.sentences)
        for frame in _announced_in(reading, tags, cued, paragraph)
    )


def _announced_in(
    reading: Reading, tags: Sequence[ActorTag], cued: Collection[int], paragraph: Sequence[Sentence]
) -> Iterator[Frame]:
    """Yield the frames of a paragraph; `cued` has the starts of the sentences that speech reaches into."""
    speaker: str | None = None
    for sentence in paragraph:
        if sentence.span.start in cued:
            speaker = None
        elif minded := _minded(reading, tags, sentence):
            speaker = minded
        elif opens_anew(reading, tags, sentence.span.start):
            speaker = None
        elif speaker is not None:
            yield Frame((speaker,), Speech.CARRIED, sentence.span, category="stance")


def _minded(reading: Reading, tags: Sequence[ActorTag], sentence: Sentence) -> str | None:
    """Return whom a short sentence tells to be minded somehow: the only person in it, else the body it opens with."""
    start, end = sentence.span.start, sentence.span.end
    if sentence.is_heading or end - start > _LONGEST or _TOLD.search(reading.shadow, start, end):
        return None
    people = {t.actor_id for t in starting_in(tags, start, end) if t.actor_type is ActorType.PERSON}
    if not people:
        return _minded_body(reading, tags, sentence)
    is_minded = len(people) == 1 and _MINDED.search(reading.shadow, start, end) is not None
    return next(iter(people)) if is_minded else None


def _minded_body(reading: Reading, tags: Sequence[ActorTag], sentence: Sentence) -> str | None:
    named = starting_in(tags, sentence.span.start, sentence.span.end)
    first = named[0] if named else None
    if first is None or first.actor_type not in _BODIES or first.span.start - sentence.span.start > _CLASS:
        return None
    return first.actor_id if _OF_A_BODY.match(reading.shadow, first.span.end, sentence.span.end) else None


_BODIES = frozenset({ActorType.ORGANISATION, ActorType.MEDIA, ActorType.GOVERNMENT})
_CLASS = 8  # characters before a body's name: what sort of body it is
_OF_A_BODY = re.compile(
    r"\s*(?:\([^)]*\))?(?:的(?:[^,。;:的]{0,6}))?(?:却|则|倒是?|可|也|就|都|又|并不?|还|更|最|比较|相对|显得|格外|持|唱|"
    "看法|算法|说法|判断|结论|口径|态度|立场|语气|意见|解读|数字|不|没|有|那么|这么|得多|一些|了)*"
    "(?:乐观|悲观|保守|[谨审]慎|强硬|直接|冷静|同意|不以为然|反调|看法|算法|说法|口气|严厉|激进|不同|另一|相反|冷|狠|鹰|鸽)"
)
"""How a sentence goes on behind the name of a body that it tells to be minded somehow (某某的看法更冷)."""
