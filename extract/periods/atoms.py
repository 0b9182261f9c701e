"""Atoms: the smallest pieces of a period expression, found by one compiled pattern.

An atom is a number with its unit (3月, 第四季, 十二年) or a word of the lexicon (去年, 上周五). What they mean
together is for `extract.periods.phrases`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from extract.periods.lexicon import PeriodWords, alternatives, guard


class Kind(StrEnum):
    """What an atom names."""

    DATE = "date"
    YEAR = "year"
    ROC_YEAR = "roc_year"
    SHORT_YEAR = "short_year"
    LUNAR_YEAR = "lunar_year"
    FISCAL = "fiscal"
    DECADE = "decade"
    CENTURY = "century"
    HALF = "half"
    QUARTER = "quarter"
    FISCAL_QUARTER = "fiscal_quarter"
    ORDINAL = "ordinal"
    LUNAR_DAY = "lunar_day"
    SEASON = "season"
    MONTH = "month"
    TEN_DAYS = "ten_days"
    DAY = "day"
    MONTH_DAY = "month_day"
    WEEK = "week"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    RELATIVE_DAY = "relative_day"
    FEAST = "feast"
    PART = "part"
    FIRST = "first"
    LENGTH = "length"
    PREFIX = "prefix"
    OPEN = "open"


class Basis(StrEnum):
    """What the numbers of an atom count from."""

    ABSOLUTE = "absolute"
    PUBLICATION = "publication"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece at [start, end): `low` to `high` of its kind (1 to 5 of a month), and what else it says."""

    kind: Kind
    start: int
    end: int
    low: float = 0
    high: float = 0
    basis: Basis = Basis.ABSOLUTE
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of the lexicon stands for."""

    kind: Kind
    low: float = 0
    high: float = 0
    basis: Basis = Basis.ABSOLUTE
    detail: str = ""


_DIGITS = "一二三四五六七八九"
_CHINESE = rf"[{_DIGITS}十两廿]"
_SMALL = rf"(?<!星期)(?<!礼拜)(?:(?<!\d)(?<!\d\.)(?:\d{{1,2}}(?!\d)|(?<!\d,)\d{{3}})|(?<!{_CHINESE}){_CHINESE}{{1,4}})"
_CONNECT = r"(?: ?(?:、|至|到|-|–|—|~|或|和|及|与) ?)"
_TWO = rf"{_SMALL}(?:{_CONNECT}(?:\d{{1,3}}|{_CHINESE}{{1,3}}))?"
BRANCHES: Final = (
    # What an atom may begin with, and the patterns to try there, the more telling ones first.
    (
        r"(?<!\d)(?=\d)",
        "date compact month_day fiscal_pair fiscal decade century quarter_code year bare_year three_digit_year"
        " two_digit_year quarter month length day",
    ),
    (
        f"(?=[{_DIGITS}十两廿半几数])",
        "decade century chinese_year three_digit_year quarter lunar_day month length day",
    ),
    ("(?=[第前首头])", "ordinal quarter first"),
    ("(?=[上本对下这今周星礼])", "decade century weekday"),
    (
        "(?=[去今明前后公西民FQ正腊农阴康雍乾嘉道咸同光宣大昭平令])",
        "year_in_brackets fiscal quarter_code roc_year year era lunar_day",
    ),
)
_ONE_TO_FOUR = "[1-4一二三四]"
_FISCAL = r"(?:财政年度|会计年度|财年|年度)"
_WEEK = "(?:周|星期|礼拜)"


def numeric_patterns(lexicon: PeriodWords) -> dict[str, str]:
    """Return the pattern of every atom with a number in it, the more telling ones first."""
    quarter_of = f"第?{_ONE_TO_FOUR}(?:{_CONNECT}第?{_ONE_TO_FOUR})?"
    no_year, no_month, no_day, no_length = guard("年"), guard("月"), guard("日"), guard("length")
    length = alternatives(sorted(lexicon.lengths, key=len, reverse=True))
    return {
        "date": r"(?<![\d./-])\d{4}(?:(?:-\d{1,2}-)|(?:/\d{1,2}/)|(?:\.\d{1,2}\.))\d{1,2}(?![\d./-])日?",
        "compact": r"(?<=[\[()])(?:1\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?=[\])])",
        "month_day": r"(?<![\d/.])\d{1,2} ?/ ?\d{1,2} ?[日号]|(?<=[(])\d{1,2}/\d{1,2}(?=[)])"
        r"|(?<![\d/.])(?:1[0-2]|[1-9])/(?:1[3-9]|2\d|3[01])(?![\d/%.])",
        "year_in_brackets": r"[去今明前后]\((?:\d{4}|1\d\d)\)年",
        "fiscal_pair": rf"(?<!\d)\d{{4}} ?年?(?:/|{_CONNECT})\d{{2,4}} ?年?{_FISCAL}",
        "fiscal": rf"(?<!\d)(?<!\d\.)(?:\d{{4}}|1\d\d) ?年?{_FISCAL}|(?<![A-Za-z])FY ?\d{{2,4}}(?!\d)",
        "decade": rf"(?:(?:上世纪|本世纪|\d\d ?世纪) ?)?(?:(?<!\d)\d{{4}}|(?<!\d)\d{{2}}|[{_DIGITS}]十) ?年代",
        "century": r"(?:(?<!\d)\d\d ?|二十一?|十九|本|上个?)世纪(?![\d一二三四五六七八九])",
        "quarter_code": r"(?<![A-Za-z0-9])(?:(?:(?:20)?\d\d ?)?Q[1-4]|[1-4]Q(?:(?:20)?\d\d(?![\d.,%]))?"
        r"|[12]H(?:20)?\d\d(?![\d.,%]))(?![A-Za-z0-9])",
        "roc_year": rf"民国 ?(?:\d{{1,3}}|[{_DIGITS}〇零○十百]{{1,5}}) ?年",
        "year": rf"(?:公元|西元)?(?<!\d)(?<!\d\.)(?:19|20|18)\d\d(?:{_CONNECT}\d{{2,4}})? ?年{no_year}",
        "bare_year": r"(?<!\d)(?<!\d\.)(?:19|20)\d\d"
        r"(?= ?(?:[上下]半年|全年|第[1-4一二三四]季|[1-4一二三四]季度|Q[1-4]|[12]H|年?底))",
        "chinese_year": rf"(?<![{_DIGITS}〇零○])[一二][〇零○{_DIGITS}]{{3}}年",
        "three_digit_year": rf"(?<![\d第])(?<!\d[.,])1\d\d ?年{no_year}|一[〇零○{_DIGITS}]{{2}}年"
        rf"|一百[一二三四]?十?[{_DIGITS}]?年",
        "two_digit_year": r"(?<![\d/])(?<!\d[.,])(?:\d\d ?年(?=1?\d ?月|[上下]半年|第)"
        r"|0\d ?年(?!代)|9\d ?年(?![代期内以来前后历的]))",
        "lunar_day": rf"(?:农历|阴历)?(?:正|腊|十[一二]?|[{_DIGITS}])月(?:初[{_DIGITS}十]|廿[{_DIGITS}])",
        "era": rf"(?:{'|'.join(lexicon.eras)}) ?(?:元|\d{{1,2}}|{_CHINESE}{{1,3}}) ?年",
        "ordinal": rf"第 ?{_SMALL} ?(?:周|个星期|个月)",
        "quarter": rf"{quarter_of} ?季度|第 ?{quarter_of} ?季|第?{_ONE_TO_FOUR}财季|首财季",
        "first": rf"(?<![之提])[前首头](?!一) ?{_SMALL} ?(?:个? ?月|个? ?季度?|周|天|个?交易日|年度?){no_month}",
        "month": rf"{_TWO} ?月(?:份)?{no_month}",
        "length": rf"(?:{_TWO}|半|几|数)(?: ?[多余])? ?(?:{length}[半多余]?|日(?=之?以?内(?!地))){no_length}",
        "day": rf"{_TWO} ?[日号]{no_day}",
        "weekday": rf"(?<![每逢一两双单\d])(?<!黑色)"
        rf"(?:上上个?|对上一?个?|上一?个?|下下个?|下一?个?|本|这个?|今个?)?{_WEEK}"
        rf"(?:末|[一二三四五六](?![大成个家名次都分点度年种档口{_DIGITS}])|[日天](?![均前内线报]))",
    }
