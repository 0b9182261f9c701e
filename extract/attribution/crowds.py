"""Crowds without a name: so many of those asked, whoever sees a year ahead, traders who talk or bet."""

import re
from collections.abc import Sequence
from typing import Protocol

from extract.phrases import Hit
from schemas.text import Span

_NUMBER = "[0-9一二三四五六七八九十两几数多]+"
_ALL = "(?:都|均|则|也|还|仍|更|皆|全数|全部|一致|大多|多半|平均|不约而同)"
_ROLE = "(?:机构|首席|策略师|经济师|经济学家|分析师|基金经理|受访者?)"
_COUNTED = re.compile(f"(?:{_NUMBER}[人位家名]|半数人?|半数以上|多数人?){_ROLE}?(?:连夜|昨日|今日)?{_ALL}?$")
"""So many of those asked, right before a cue (八家預估); a share of them (71%認為) is a finding of the narrator's."""


class _Placed(Protocol):
    """Whatever may speak, by where it stands."""

    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


def ends_counted(shadow: str, start: int, end: int) -> bool:
    """Return whether a stretch ends with so many of those asked, who are not named.

    Example:
        >>> ends_counted("受访机构中,九家全数", 0, 10), ends_counted("该公司", 0, 3)
        (True, False)
    """
    return _COUNTED.search(shadow, start, end) is not None


_BETS = re.compile(
    "(?:们|如今|一度|仍|已|已经|普遍|纷纷|目前|正|大举|也|则)*(?:押|赌|下注|定价|[^,。;]{0,20}[机几概]率)"
)


def is_betting(shadow: str, hit: Hit) -> bool:
    """Return whether traders bet rather than talk: their odds are then the market's.

    Example:
        >>> traders = Hit(0, 3, "交易员", "analysts")
        >>> is_betting("交易员纷纷押注降息", traders), is_betting("交易员指出", traders)
        (True, False)
    """
    return hit.phrase == "交易员" and _BETS.match(shadow, hit.end) is not None


_VIEW = re.compile(
    f"{_ALL}?(?P<cue>看)(?![好坏淡衰多空来到似待重中法不着了过起清出准齐涨跌升贬的得错透穿懂破完护管家守病戏])"
)
_SEERS = ("法人", "外资", "市场", "专家", "学者", "机构", "券商", "投顾", "首席", "分析师", "经济学家")
_COUNT = re.compile(f"(?:{_NUMBER}[家位人名]|成){_ROLE}?(?={_ALL}?看)")


def views_in(shadow: str, candidates: Sequence[_Placed], span: Span) -> list[Hit]:
    """Return the words 看 behind a crowd, which alone are too vague for a cue (法人看年底, 五家看明年).

    Example:
        >>> [(hit.start, hit.phrase) for hit in views_in("十家机构中,五家看明年降息", (), Span(start=0, end=13))]
        [(8, '看')]
    """
    ends = [c.end for c in candidates if c.kind == "group" and shadow.endswith(_SEERS, 0, c.end)]
    ends += [match.end() for match in _COUNT.finditer(shadow, span.start, span.end)]
    found = {m.start("cue"): m for m in (_VIEW.match(shadow, end, span.end) for end in ends) if m}
    return [Hit(start, m.end(), m["cue"], "forecast") for start, m in found.items()]
