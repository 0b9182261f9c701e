"""Latin names in Chinese text: persons by given name, organisations by form and by what they do."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.text import ActorText
from extract.lexicon import load
from schemas.actor import ActorType
from schemas.base import Model

_WORD: Final = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'.&]*(?:-[A-Z][A-Za-z\u00c0-\u024f]+)*"
_LINK: Final = r"(?:bin|de|von|van|der|al|of|the|and|&|for)"
_RUN: Final = re.compile(rf"(?<![A-Za-z0-9$.-]){_WORD}(?: (?:{_LINK} )?{_WORD})*(?![A-Za-z0-9-])")
_CORPORATE: Final = re.compile(
    r"(?:Research|Capital|Group|Bank|Securities|Analytics|Partners|Management|Economics|University|Institute|Inc|Corp|"
    r"Ltd|Digital|Holdings|Advisors|Advisers|Asset|Assets|Investments?|Markets|Global|Labs|Technologies|Systems|Energy|"
    r"Motors|Foundation|Council|Association|Agency|Company|Consulting|Ventures|Insurance|Financial|Forecast|Media|"
    r"Journal|Times|Post|News|Intelligence|Strategies|Wealth|Trust|Fund|Funds|Exchange|Platforms|Center|Centre)\.?$"
)
_ACTS: Final = re.compile(
    r" ?(?:数据|的?(?:数据|资料|报告|统计|调查|分析师|经济学家|策略师|执行长|CEO|创办人|研究)|执行长|创办人|首席|"
    r"分析师|经济学家|则?(?:指|称|表示|指出|认为|估|预|统计|报告|宣布|公布|警告|发现|显示|发出|汇整))"
)


_CLASS_BEFORE: Final = re.compile("(?:智库|机构|公司|数据商|顾问|新创|协会|券商|交易所|预测市场|咨询商|研调) ?$")
_LONGEST_CLASS: Final = 5
"""What somebody is, right before the name: a think tank, an institution, a company."""


class GivenNames(Model):
    """The form of `given_names.yaml`."""

    given_names: str


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return the given names that mark a Latin name as a person's."""
    return frozenset(load("given_names", GivenNames).given_names.split())


def find_latin(text: ActorText) -> Iterator[Candidate]:
    """Yield Latin names: persons begin with a given name, organisations look or act like one."""
    for match in _RUN.finditer(text.folded):
        kind = kind_of(text, match)
        if kind is not None:
            yield Candidate(match.start(), match.end(), kind, Source.LATIN)


def kind_of(text: ActorText, match: re.Match[str]) -> ActorType | None:
    """Return what a run of capitalised words names, None where it is no actor."""
    run = match[0]
    parts = run.split(" ")
    if len(parts) > 1:
        if is_corporate(run):
            return ActorType.ORGANISATION
        if parts[0].strip(".") in given_names() and 2 <= len(parts) <= 4:
            return ActorType.PERSON
        return None
    if run in text.mentions.acronyms or len(run) < 3:
        return None
    is_called = _CLASS_BEFORE.search(text.folded, max(0, match.start() - _LONGEST_CLASS), match.start()) is not None
    is_actor = is_called or acts(text.folded, match.end())
    return ActorType.ORGANISATION if is_actor and not run.endswith(".") else None


def is_corporate(run: str) -> bool:
    """Return whether a run of capitalised words ends as companies do.

    Example:
        >>> is_corporate("Harbour Lane Partners"), is_corporate("Petra Hallam")
        (True, False)
    """
    return _CORPORATE.search(run) is not None


def acts(folded: str, end: int) -> bool:
    """Return whether what ends there publishes, says or employs: only actors do."""
    return _ACTS.match(folded, end) is not None
