"""Clauses inside reported speech where the narrator takes over: what came of it, how markets reacted, what is due."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.attribution.frames import Frame
from extract.attribution.scanning import BREAK, in_quotation
from extract.reading import Reading
from schemas.actor import AUTHOR
from schemas.claim import Speech
from schemas.text import Sentence, Span

_WHOLE = frozenset({"open"})
"""Speech that nobody breaks into: a quotation that runs on."""
_CLAUSE = re.compile(r"(?<!\d),|,(?!\d)|[;。!?\n]")
_PART = re.compile(r"[;。!?\n]")
_SENTENCE = re.compile(r"[。!?\n]")
_SEEN = re.compile(r"[;。!?\n]|,(?=[^,;。]{0,14}(?:恐|可能|机会|会|将|应该|料|可望|有望|上看|若|势必))")
"""Where what was seen ends: with its part of the sentence, or before a clause that looks ahead."""
_TURNS = "(?:但|不过|可是?|然而|只是|而|惟)?,?"
_RESULT = re.compile(
    _TURNS + "(?:却?结果(?!显示|是|为|会|将|呢|可能)|[^,;。]{0,4}实际(?:上|则|却|仅|只|是|为|仍|差|倒(?!退)))"
)
_SINCE = re.compile(_TURNS + "(?:如今|当时|现在|现已|事后|后来|最后|最终|至今)(?!则?改|则?说|在)")
_NEXT = re.compile("隔天|隔日|翌日|次日|消息(?:一出|曝光|传出)")
_UNKNOWN = "(?![^,;。]{0,14}(?:恐|再[涨跌]|机会|可能|会|将|顶多|应(?!声)|料|可望|有望|上看|若|势必|平均|机率))"
"""What a reaction that was seen does not have in it: the words of outlooks and of statistics."""
_REACTS = re.compile(
    _TURNS + _UNKNOWN + "(?:[^,;。]{0,12}(?:应声|闻讯|随即[^,;。]{0,2}[翻走跌涨重急])"
    "|(?:[今昨]日|周.|早盘|盘中)?(?:公司|其)?"
    "(?:股价|该股|市值|截至[^,;。]{0,6}收盘,[^,;。]{0,8}|盘中|早盘|终场|尾盘|收盘|盘后|美股|台股|港股|恒指|恒生指数|A股|道琼|标普|那斯达克|纳指|沪指)"
    "[^,;。]{0,14}(?:[涨跌挫升黑红收报]|蒸发|走高|走低|缩水)"
    "|[^,;。]{2,10}(?:随后|旋即|单日|两日|一度|当日|当天|盘中)[^,;。]{0,4}(?:[涨跌挫升弹贬急掉]|蒸发|净流|回落|拉升))"
)
_STIRS = re.compile(_TURNS + "[^,;。]{0,8}(?:哗然|错愕|为之一震|没反应|反应平淡|不领情|不买单|松了?一?口气)")
_OTHERS = "市场|分析师|华尔街|路透|彭博|外界|经济学家|机构|法人|预期|预估|我们"
_COMPARES = re.compile(
    _TURNS + "(?:"
    "(?:均|都|也|亦|仍|还|远|大幅|大|略|稍|明显|显著|小幅)*"
    f"(?:(?:[高低]于|[优逊]于|超过|超出|超|不及|[好差]于|[高低]过|胜过?|符合)了?(?:此前|先前|{_OTHERS})"
    r"|[高低]于(?!\d|去年|上|年)[^,;。]{2,16}(?:给出|预[测期估计]|估计|估|料|喊)的)"
    f"|(?:[跌升增涨降]幅)?[较比](?:官方|同业|{_OTHERS})"
    "|(?:约|分别|下限|上限)?[较比与](?:现价|收盘价|[^,;。]{2,14}(?:估算|估计|预[测期估]|目标|说法|财测|估值))"
    "[^,;。]{0,8}(?:[高低多少翻增减]|[上下]修|相差|提高))"
)
_RANKS = re.compile(
    "这也?是|(?:在?同业|各家|同行)[^,;。]{0,4}(?:仅|唯|最)|(?:是|为|成为|创下?|写下|也?是)[^,;。]{0,20}"
    "(?:最[大小高低快慢多少]|首见|首次|首度|新高|新低|第[一二三四]|唯一|少数|头一遭)"
)
_DUE = re.compile(
    "[^,;。]{0,28}(?:再?更新|出炉|揭晓|登场|揭幕|召开|举行|开会|结算|(?:将|定|订)[^,;。]{0,8}(?:公布|发布|投票))(?=[,;。])"
)
_REFUSES = re.compile(
    _TURNS + "(?:但|他|她|该[行会院]|公司|其)?(?:并|却|也|则|仅|只|均|都|至今|尚)?"
    "(?:未(?!来)|没有?|拒绝|不愿|不予|不肯|只字未提|不评论|不作|一概)(?:正面|给出|提供|进一步|直接|再|具体|对)?"
    "[^,;。]{0,8}?(?:评论|置评|回应|透露|说明|提及|提到|给出|给|表态|谈|证实|时间表|答案|答复|解释)"
    "|[^,;。]{0,12}(?:(?:未|没有?|拒绝|不愿|不予|不肯)(?:正面|直接|进一步)?(?:置评|评论|回应|回答|透露|说明|表态|证实|否认|松口)"
    "|一概不谈|不评论|只字未提|避谈|避而不谈|不置可否|笑而不答|以「[^,;。」]{2,10}」带过)"
)
_RETORTS = re.compile(_TURNS + "(?:所以|因此|只是)?我(?:不这么|不认|不信|没|并没|要|听完|倒|只|还是|看|猜|估)")
_TOLD_BEFORE = re.compile(
    "(?:(?:顺带一提|题外话|话说回来|回头看),)?(?!我)[^,;。我]{0,14}(?:曾|当时|去年|前年|年前|月前)[^,;。]{0,6}(?:预[估测期言告]|估|料|喊|说|称|断言|判断|警告)"
)
_ASKED = re.compile(
    "主持人|台下|(?:有|现场|在场)?(?:记者|媒体|投资[者人]|股东|法人|听众)[^,;。]{0,4}(?:追问|提问|问|质疑|注意到)"
)
_MINDS = re.compile(
    "(?:学者|学界|业界|业者|外界|专家|民间|坊间|投资人|大行|券商|外资|各界|劳方|资方|同业|机构|网友)[^,;。]{0,10}"
    "(?:乐观|悲观|雀跃|保守|谨慎|审慎|买[账帐单]|领情|认同|两极|分歧|各说各话|各执一词|不一)(?=[,;。:])"
)
_DISCLAIMS = re.compile(
    r"\(?(?:以上|上述|本文|本报告|本评论|本资料)[^,;。]{0,12}(?:摘自|摘要|整理|不代表|不构成|仅供|截至)"
    "|(?:市场|投资|股市|入市)有风险,[^,;。]{0,4}[需须应宜]|[^,;。]{0,8}(?:不构成[^,;。]{0,8}建议|不代表本[站平报刊网])|风险自负"
)
_FORMER = re.compile(
    r"曾|去年|前年|年初|年前|月前|周前|当时|当初|原先|原本|一度|[讲说喊算]过|\d{4}年|还(?:说|预|估|喊|料|信|坚|扬)"
)
_OWN_FORMER = re.compile("曾|原先|原本")
_ACTS = frozenset({"宣布", "开出", "公告", "决定", "拍板", "决议", "通过"})
_BEFORE_CUE = 12  # characters before a cue's clause in which the time of a former forecast stands


@dataclass(frozen=True, slots=True)
class _Place:
    """The start of a clause inside a frame."""

    reading: Reading
    frame: Frame
    start: int

    @property
    def is_opening(self) -> bool:
        """Whether a sentence without a cue begins here, carried over from the one before."""
        return self.start == self.frame.content.start

    @property
    def text(self) -> str:
        """What was reported up to here."""
        return self.reading.shadow[self.frame.content.start : self.start]

    @property
    def lead(self) -> str:
        """What introduced it, with the time that stands before."""
        lead = self.frame.lead
        return self.reading.shadow[max(0, lead.start - _BEFORE_CUE) : lead.end] if lead else ""


def _always(_: _Place) -> bool:
    return True


def _is_of_others(place: _Place) -> bool:
    """Return whether the narrator sets something beside what was forecast, and no speaker beside his own forecast."""
    return _OWN_FORMER.search(place.text) is None


def _was_former(place: _Place) -> bool:
    is_told = place.reading.shadow[place.start - 1] != ":"
    return is_told and _FORMER.search(place.lead) is not None


def _is_deed(place: _Place) -> bool:
    """Return whether a figure was moved or a measure taken: its rank is not what the record states."""
    return place.frame.category == "rate" or place.frame.cue in _ACTS


def _is_in_first_person(place: _Place) -> bool:
    """Return whether the narrator says I elsewhere, and does not quote without marks behind a colon here."""
    reading, shadow = place.reading, place.reading.shadow
    if ":" in (shadow[place.start - 1], place.lead[-1:]):
        return False
    selves = (match.start() for match in _SELF.finditer(shadow))
    return sum(1 for at in selves if not in_quotation(reading, at, at + 1)) >= _FEWEST_SELVES


_SELF = re.compile("我(?![国们方省市])")
_FEWEST_SELVES = 3


def _is_no_answer(place: _Place) -> bool:
    """Return whether nobody speaks of his own dates here, as one who is asked does (他回應，下月會再開會)."""
    return place.is_opening or place.frame.category not in ("say", "think")


def _is_opening(place: _Place) -> bool:
    return place.is_opening


def _is_set_apart(place: _Place) -> bool:
    """Return whether the place begins a sentence or the part of one behind a semicolon."""
    return place.is_opening or place.reading.shadow[place.start - 1] == ";"


_SIGNS: Final[tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[_Place], bool]], ...]] = (
    (_RESULT, _PART, _is_of_others),
    (_SINCE, _PART, _was_former),
    (_NEXT, _SEEN, _always),
    (_REACTS, _SEEN, _always),
    (_COMPARES, _CLAUSE, _always),
    (_RANKS, _CLAUSE, _is_deed),
    (_DUE, _CLAUSE, _is_no_answer),
    (_STIRS, _CLAUSE, _always),
    (_REFUSES, _CLAUSE, _always),
    (_RETORTS, _CLAUSE, _is_in_first_person),
    (_TOLD_BEFORE, _SENTENCE, _is_set_apart),
    (_ASKED, _CLAUSE, _is_opening),
    (_MINDS, _CLAUSE, _is_opening),
    (_DISCLAIMS, _SENTENCE, _always),
)
"""How such a clause begins, where it ends, and what must hold of the speech before it."""

_ON_RECORDS: Final = tuple(sign for sign in _SIGNS if sign[0] is _COMPARES)
"""All that breaks into what stands behind a label (統計局：…); behind one in a dialogue somebody goes on speaking."""


def narrated(reading: Reading, frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the narrator's frames inside reported speech; each takes over from the speech that holds it.

    The narrator sets beside what somebody says what came of it, how prices reacted and how it compares with what was
    expected, and tells when the next figures are due and to what the speaker gave no answer. Nothing inside quotation
    marks, in an answer of a dialogue or under the narrator's own words.

    Args:
        reading: the document.
        frames: the speech that cues and carrying on have opened.
    """
    spoken = [frame for frame in frames if frame.speakers != (AUTHOR,)]
    ends = dict(_stances(reading, spoken))
    for frame in spoken:
        if frame.category not in _WHOLE and frame.speech is not Speech.DIRECT:
            for place in _places_in(reading, frame):
                end = _reach(place)
                if end is not None:
                    ends[place.start] = max(end, ends.get(place.start, 0))
    return tuple(
        Frame((AUTHOR,), Speech.NARRATION, Span(start=start, end=end), category="narrated")
        for start, end in ends.items()
    )


def _stances(reading: Reading, spoken: Sequence[Frame]) -> Iterator[tuple[int, int]]:
    """Yield where clauses begin and end that only tell how the next speaker is minded (…；某某則不以為然，).

    One that begins its part of the sentence with nothing before it; no more where a dialogue or a quotation holds it.
    """
    held = [f.content for f in spoken if f.category == "label" or f.speech is Speech.DIRECT]
    for frame in spoken:
        end = frame.content.start - 1
        if frame.category != "stance" or frame.lead or not frame.cue_span or reading.shadow[end] != ",":
            continue
        start = max(_start_of_sentence(reading, end), reading.shadow.rfind(";", 0, end) + 1)
        is_alone = _CLAUSE.search(reading.shadow, start, end) is None
        if is_alone and not any(span.start <= start < span.end for span in held):
            yield start, end


def _places_in(reading: Reading, frame: Frame) -> Iterator[_Place]:
    """Yield the starts of clauses that the narrator may take over, none of them quoted."""
    start, end = frame.content.start, frame.content.end
    starts = [match.end() for match in BREAK.finditer(reading.shadow, start, end)]
    if frame.lead is None and frame.speech is Speech.CARRIED:
        starts.insert(0, start)
    for position in starts:
        while position < end and reading.shadow[position] in " \n":
            position += 1
        if position < end and not in_quotation(reading, position, position + 1):
            yield _Place(reading, frame, position)


def _reach(place: _Place) -> int | None:
    """Return where the narrator's words end that begin at the place: with the clause or with the part of the sentence.

    None where they are the speaker's.
    """
    end = min(_end_of_sentence(place.reading, place.start), place.frame.content.end)
    signs = _ON_RECORDS if place.frame.category == "label" else _SIGNS
    for opening, closing, holds in signs:
        if opening.match(place.reading.shadow, place.start, end) and holds(place):
            closed = closing.search(place.reading.shadow, place.start, end)
            return closed.start() if closed else end
    return None


def _start_of_sentence(reading: Reading, position: int) -> int:
    return _sentence_at(reading, position).span.start


def _end_of_sentence(reading: Reading, position: int) -> int:
    return _sentence_at(reading, position).span.end


def _sentence_at(reading: Reading, position: int) -> Sentence:
    return reading.sentences[bisect_right(reading.sentences, position, key=lambda one: one.span.start) - 1]
