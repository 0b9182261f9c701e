"""One sentence as the frame finders see it: its cues, its possible speakers, its breaks."""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass

from extract.attribution.lexicon import words
from extract.attribution.speakers import Candidate, Offices, candidates_of
from extract.phrases import Hit
from extract.placing import starting_in, touching
from extract.reading import Quotation, Reading, Word
from schemas.actor import ActorTag
from schemas.text import Sentence, Span

BREAK = re.compile(r"(?<!\d),|,(?!\d)|[;:。!?「」『』“”\n]|——|…")
BRACKETED = re.compile(r"\([^()\n]*\)")
_LATIN_ASIDE = re.compile(r"\([A-Za-z][\w .,:;'’&-]*,[\w .,:;'’&-]*\)")
_BYLINE = re.compile(
    r"[(【\[][^)】\]\n]{0,40}(?:报导|报道|电|讯|记者|编译|编辑)[^)】\]\n]{0,12}[)】\]]"
    r"|(?m:^(?:记者|文|编译|编辑|撰文|译者|作者|本报记者|责任编辑)[^,。\n]{1,40}(?:报导|报道|电|讯)?(?=[\n\s]|$))"
    r"|(?m:^[^,。\n/]{2,8}/[^,。\n\s/]{2,4}(?:/[^,。\n\s/]{2,4})?(?:报导|报道|电))"
    r"|(?m:^[^,。\n]{0,24}\d日(?:电|讯))"
    r"|(?:记者|编译|编辑)[ /:]{0,2}[^,。;:\s]{2,4}[ /]{0,2}(?:综合|专题|[^,。;:\s]{2}[ /]?)?(?:报导|报道)"
)
_CROWD = re.compile("(?:市场|外界|法人|分析师|机构|华尔街)$")
_WILLING = re.compile("(?<=人)(?:愿意|愿|肯|敢|会|能)$")
_MOVED = re.compile("(?:从|由|上调|下调|上修|下修|调高|调低|调升|调降|中值|均值|版本)")
_CLOSED = re.compile("[,。;由从改是的为转维]")
"""What follows an outlook that is a noun (更新年度展望,…); one who looks ahead looks at something (展望明年)."""
_INDENT = 8  # blanks that may begin a paragraph
_LONGEST_CLAUSE = 300  # characters; whoever stands further before a cue is not its subject
LONGEST_QUOTATION = 3000  # characters; one that began further back is not looked for
_NOUNS = ("n", "a", "PER", "LOC", "ORG", "TIME", "t", "s")
_LIGHT = re.compile(
    r"^(?:[则也又还并亦再更曾仍却即乃且但可另只仅就都均皆卻遂便甚至同时不过其中此外另外最新日前近日今天昨天稍早随后后来事后"
    r"一方面因此所以然而如今早前先前当时同场私下当场笑着明确进一步特别尤其公开首度再次一再多次直接间接普遍大多一致强烈率先纷纷同样立即依然始终正式主动坚决年初最初原本原先本来"
    r"如果来看对此对于该行\s\d日月年上下午周一二三四五六晚间凌晨])*$"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what stands in it; offsets are those of the document.

    `speeches` are the quotations that hold more than a name.
    """

    shadow: str
    span: Span
    index: int
    paragraph: int
    is_heading: bool
    candidates: tuple[Candidate, ...]
    hits: tuple[Hit, ...]
    quotations: tuple[Quotation, ...]
    speeches: tuple[Quotation, ...]

    def clause_start(self, position: int) -> int:
        """Return where the clause that holds the position begins."""
        earliest = max(self.span.start, position - _LONGEST_CLAUSE)
        bracketed = [m.span() for m in BRACKETED.finditer(self.shadow, earliest, position)]
        breaks = [m.end() for m in BREAK.finditer(self.shadow, earliest, position)]
        starts = [end for end in breaks if not any(a < end < b for a, b in bracketed)]
        start = starts[-1] if starts else earliest
        return start + len(self.shadow[start:position]) - len(self.shadow[start:position].lstrip())

    def clause_end(self, position: int) -> int:
        """Return where the clause that holds the position ends, its break left out."""
        match = BREAK.search(self.shadow, position, self.span.end)
        return match.start() if match else self.span.end

    def is_quoted(self, position: int) -> bool:
        """Return whether the position lies in a quotation that begins in this sentence; a name in marks is none."""
        return any(q.content.start <= position < q.content.end for q in self.speeches)

    @property
    def opens_paragraph(self) -> bool:
        """Whether the sentence is the first of its paragraph."""
        before = self.shadow[max(0, self.span.start - _INDENT) : self.span.start].rstrip(" ")
        return not before or before.endswith("\n")

    def is_light(self, start: int, end: int) -> bool:
        """Return whether only adverbs, connectives and dates stand in [start, end)."""
        return _LIGHT.match(self.shadow[start:end]) is not None


def scene_of(reading: Reading, tags: Sequence[ActorTag], offices: Offices, index: int) -> Scene:
    """Return the sentence of that index with its cues and possible speakers."""
    sentence = reading.sentences[index]
    start, end = sentence.span.start, sentence.span.end
    tags = touching(tags, start, end)
    bylines = bylines_in(reading.shadow, start, end)
    met = candidates_of(reading.shadow, tags, offices, start, end)
    # A name is only part of a title that stands in the original in brackets: (Wages, At Last, Catch Up in Japan).
    asides = [match.span() for match in _LATIN_ASIDE.finditer(reading.shadow, start, end)]
    candidates = _outside(met, (*bylines, *asides))
    names = {(candidate.start, candidate.end) for candidate in candidates}
    quotations = tuple(starting_in(reading.quotations, start, end))
    return Scene(
        shadow=reading.shadow,
        span=sentence.span,
        index=index,
        paragraph=sentence.paragraph_index,
        is_heading=sentence.is_heading,
        candidates=candidates,
        hits=tuple(hit for hit in _cues_in(reading, sentence, tags) if not _within(hit, bylines)),
        quotations=quotations,
        speeches=tuple(q for q in quotations if (q.content.start, q.content.end) not in names),
    )


def bylines_in(shadow: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return where a sentence only says who reports from where: a dateline in brackets, or a byline of its own."""
    return tuple(match.span() for match in _BYLINE.finditer(shadow, start, end))


def in_quotation(reading: Reading, start: int, end: int) -> bool:
    """Return whether [start, end) lies between the marks of a quotation, which may have begun sentences before."""
    near = starting_in(reading.quotations, max(0, start - LONGEST_QUOTATION), end)
    return any(q.content.start <= start and end <= q.content.end for q in near)


def _within(hit: Hit | Candidate, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= hit.start and hit.end <= b for a, b in spans)


def _outside(candidates: Sequence[Candidate], spans: Sequence[tuple[int, int]]) -> tuple[Candidate, ...]:
    return tuple(candidate for candidate in candidates if not _within(candidate, spans))


def _cues_in(reading: Reading, sentence: Sentence, tags: Sequence[ActorTag]) -> list[Hit]:
    shadow, start, end = reading.shadow, sentence.span.start, sentence.span.end
    names = [(t.span.start, t.span.end) for t in tags if start <= t.span.start < end]
    masks = [(hit.start, hit.end) for hit in words().masks.find(shadow, start, end)]
    # What begins in a name and ends behind it is no word: 恆指 in 林書恆指出.
    masked = [*names, *(m for m in masks if not any(a < m[0] < b < m[1] for a, b in names))]
    ends = {t.span.end for t in tags}
    return [
        hit
        for hit in words().cues.find(shadow, start, end)
        if not any(a < hit.end and hit.start < b for a, b in masked)
        and (hit.start in ends or not _is_part_of_word(reading.words, hit))
        and not _is_noun(shadow, hit, ends)
    ]


def _is_part_of_word(tagged: Sequence[Word], hit: Hit) -> bool:
    """Return whether a cue of one character is only part of a longer word that is no verb."""
    if hit.end - hit.start > 1 or not tagged:
        return False
    at = bisect_left(tagged, hit.end, key=lambda word: word.end)
    if at == len(tagged) or tagged[at].start > hit.start or tagged[at].end == hit.end:
        return False
    return tagged[at].pos.startswith(_NOUNS) or tagged[at].start < hit.start


def _is_noun(shadow: str, hit: Hit, name_ends: Container[int]) -> bool:
    """Return whether the word is used as a noun (低於預期, 預期的) or denied."""
    if shadow.startswith(("的", "值", "中位数", "区间", "不变"), hit.end) and hit.category != "say":
        return True
    if hit.category == "forecast" and _MOVED.match(shadow, hit.end):
        return True
    if hit.phrase == "展望" and _CLOSED.match(shadow, hit.end):
        return True
    if hit.start in name_ends:
        return False
    before = _WILLING.sub("", _CROWD.sub("", shadow[max(0, hit.start - 8) : hit.start].rstrip()))
    return before.endswith(words().negated_by)
