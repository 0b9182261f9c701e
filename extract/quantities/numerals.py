"""Numerals: Arabic, Chinese and mixed spellings of a number, to exact `Decimal` values.

Everything here reads the shadow (Simplified, half width). `RUN` finds a run of numeral characters,
`numeral_at` gives its value; a run that means nothing exact is never guessed at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from typing import Final

LONGEST_RUN: Final = 48
"""Characters in the longest run that is read as one number; a longer one is noise, not an amount."""
MOST_DIGITS: Final = 40
"""Whole digits of the greatest number read; no amount on earth needs as many."""
EXACT: Final = Context(prec=120)
"""Arithmetic wide enough that no numeral of `LONGEST_RUN` characters is ever rounded."""
ONE: Final = Decimal(1)
TEN: Final = Decimal(10)

DIGITS: Final = {
    **dict(zip("零〇○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "两": 2,
}
SCALES: Final = {
    **dict.fromkeys("十拾", TEN),
    **dict.fromkeys("百佰", TEN**2),
    **dict.fromkeys("千仟", TEN**3),
    "万": TEN**4,
    "亿": TEN**8,
    "兆": TEN**12,
}
ZEROS: Final = "零〇○"
FORMAL: Final = frozenset("壹贰肆伍陆柒捌玖拾佰仟")
"""Cheque digits that are ordinary words when they stand alone (陆 mainland, 拾 pick up)."""
ENGLISH: Final = {
    **dict.fromkeys(("k", "thousand"), TEN**3),
    **dict.fromkeys(("mn", "million"), TEN**6),
    **dict.fromkeys(("bn", "billion"), TEN**9),
    **dict.fromkeys(("tn", "trillion"), TEN**12),
}

LITERAL: Final = r"(?:(?:\d{1,3}(?:,\d{3}(?!\d))+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2}(?![\dA-Za-z.]))?|(?<![\d.])\.\d+)"
_DIGIT: Final = "".join(digit for digit in DIGITS if digit not in FORMAL)
_CHEQUE: Final = "".join(digit for digit in DIGITS if digit in FORMAL)
_COMPANY: Final = "十百千拾佰仟万亿"
"""Cheque digits are read beside one of these only."""
# 兆瓦 is a megawatt, 千克 a kilogram, 百分点 a point: there the scale belongs to the unit, not to the number.
_SCALE: Final = rf"(?:[{''.join(SCALES)}](?<![兆千百])|[兆千](?![瓦赫帕欧字位克米卡伏])|百(?!分[点比]))"
_AFTER_SCALE: Final = rf"(?<=[{''.join(SCALES)}])"
_VAGUE: Final = r"(?:几(?![乎何])|多(?![头空方单数晶少样边]|元化)|余(?![额下裕波地温])|来(?=[个万亿年天人家名次岁倍]))"
RUN: Final = re.compile(
    rf"""
    (?P<core>(?:{LITERAL}|[{_DIGIT}廿卅]|{_SCALE}
        |[{_CHEQUE}](?=[{_COMPANY}又]|兆(?:[{_CHEQUE}叁零元]|$)|[ ]?点[ ]?[{_DIGIT}][ ]?[折成])
        |(?:(?<=[之又])|(?<=[之又][ ])|(?<=之[ ]{{2}}))[{_CHEQUE}])
      (?:{_SCALE}
        | (?<!\d)[{_DIGIT}廿卅]
        | (?<=[{_COMPANY}零])[{_CHEQUE}]
        | [{_CHEQUE}](?=[{_COMPANY}])
        | (?<=[{"".join(SCALES)}{ZEROS}]){LITERAL}
        | [ ]{{1,2}}{_SCALE}
        | {_AFTER_SCALE}[ ]{{1,2}}(?:[{_DIGIT}]|{LITERAL}(?=[ ]?{_SCALE}))
      )*)
    (?:[ ]?(?:(?<=[{_DIGIT}十])|(?<=[{_DIGIT}十][ ])|(?=点[{_DIGIT}]{{2}}))
      点[ ]?(?P<point>(?!两)[{_DIGIT}]+)(?![{_DIGIT}十拾])(?P<scaled>[ ]?{_SCALE}+)?)?
    (?:[ ]?(?P<vague>{_VAGUE})(?P<more>(?:[ ]?{_SCALE})*))?
    (?:[ ]?(?P<english>(?i:{"|".join(sorted(ENGLISH, key=len, reverse=True))}))(?![A-Za-z]))?
    """,
    re.VERBOSE,
)
"""A run of characters that may spell one number; linear in its length."""
_ARABIC: Final = re.compile("[0-9]")
_TOKEN: Final = re.compile(rf"{LITERAL}|[^ ]")


class Vagueness(StrEnum):
    """How a numeral is open: 多 and 余 mean more than it says, 几 stands for a digit, 三五 is a span."""

    EXACT = "exact"
    MORE = "more"
    DIGIT = "digit"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written at [start, end) of the shadow; low < high only where it is a span (三五, 十几)."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    vagueness: Vagueness = Vagueness.EXACT


@dataclass(frozen=True, slots=True)
class _Token:
    value: Decimal
    scale: bool
    text: str

    @property
    def is_digit(self) -> bool:
        return not self.scale and len(self.text) == 1


def malformed_runs(shadow: str) -> Iterator[tuple[int, int]]:
    """Yield the runs [start, end) from an Arabic digit on that spell no number, or one too long to be an amount.

    Example:
        >>> list(malformed_runs("编号" + "7" * 60 + ",营收3亿"))  # a serial number, then revenue
        [(2, 62)]
    """
    place = 0
    while (digit := _ARABIC.search(shadow, place)) is not None:
        match = RUN.match(shadow, digit.start())
        place = match.end() if match else digit.end()
        if match and read_run(match) is None:
            yield match.span()


def numeral_at(shadow: str, start: int) -> Numeral | None:
    """Return the numeral that begins at a place, unsigned, or None.

    Example:
        >>> [str(numeral_at(text, 0).low) for text in ("5兆3千亿", "两万三", "1,350 万", "一一四")]
        ['5300000000000', '23000', '13500000', '114']
    """
    match = RUN.match(shadow, start)
    return read_run(match) if match else None


def read_run(match: re.Match[str]) -> Numeral | None:
    """Return the number that a match of `RUN` spells, or None where it spells none.

    A run that joins two numbers over a blank (三千 五千) gives the first.
    """
    if match.end() - match.start() > LONGEST_RUN:
        return None
    if match.end("core") == match.end() and match["core"].isascii() and match["core"][-1].isdigit():
        value = Decimal(match["core"].replace(",", ""))
        return Numeral(match.start(), match.end(), value, value) if value.adjusted() < MOST_DIGITS else None
    found = _spelled(match, match["core"]) if match["core"] else None
    if found is not None and found.high.adjusted() >= MOST_DIGITS:
        return None
    return found or _first_part(match)


def _first_part(match: re.Match[str]) -> Numeral | None:
    core = match["core"].rstrip()
    while (cut := core.rfind(" ")) > 0:
        core = core[:cut].rstrip()
        value = _value(_tokens(core))
        if value is not None:
            return Numeral(match.start(), match.start() + len(core), value, value)
    return None


def _spelled(match: re.Match[str], core: str) -> Numeral | None:
    span = _bounds(_tokens(core.rstrip(ZEROS) if match["vague"] == "几" else core))
    if span is None:
        return None
    low, high = span
    vagueness = Vagueness.SPAN if low < high else Vagueness.EXACT
    if match["point"]:
        decimals = Decimal("0." + "".join(str(DIGITS[digit]) for digit in match["point"]))
        low, high = EXACT.add(low, decimals), EXACT.add(high, decimals)
    factor = _factor(match["scaled"] or "")
    if match["vague"] == "几":
        step = _open_digit(core)
        if step is None:
            return None
        vagueness, low, high = Vagueness.DIGIT, EXACT.add(low, step), EXACT.add(high, step * 9)
    elif match["vague"]:
        vagueness = Vagueness.MORE
    factor = EXACT.multiply(factor, _factor(match["more"] or ""))
    factor = EXACT.multiply(factor, ENGLISH.get((match["english"] or "").lower(), ONE))
    return Numeral(match.start(), match.end(), EXACT.multiply(low, factor), EXACT.multiply(high, factor), vagueness)


def _open_digit(core: str) -> Decimal | None:
    """Return what one 几 is worth after the core: 1 after 十 or 零, 10 after 百; None after a digit."""
    return ONE if core[-1] in ZEROS else SCALES[core[-1]] / TEN if core[-1] in SCALES else None


def _factor(scales: str) -> Decimal:
    factor = ONE
    for scale in scales.replace(" ", ""):
        factor = EXACT.multiply(factor, SCALES[scale])
    return factor


def _tokens(core: str) -> list[_Token]:
    spelled = core.replace("廿", "二十").replace("卅", "三十")
    return [_token(text) for text in _TOKEN.findall(spelled)]


def _token(text: str) -> _Token:
    if text in SCALES:
        return _Token(SCALES[text], scale=True, text=text)
    value = Decimal(DIGITS[text]) if text in DIGITS else Decimal(text.replace(",", ""))
    return _Token(value, scale=False, text=text)


def _bounds(tokens: list[_Token]) -> tuple[Decimal, Decimal] | None:
    """Return the least and greatest value: apart only where two neighbouring digits make a span (两三万)."""
    if len(tokens) == 1 and tokens[0].scale and tokens[0].text not in "十百千佰仟":
        return None
    pair = next((i for i in range(len(tokens) - 1) if _is_span(tokens, i)), None)
    if pair is None:
        value = _value(tokens)
        return None if value is None else (value, value)
    low = _value(tokens[: pair + 1] + tokens[pair + 2 :])
    high = _value(tokens[:pair] + tokens[pair + 1 :])
    return None if low is None or high is None or high < low else (low, high)


def _is_span(tokens: Sequence[_Token], i: int) -> bool:
    """Whether tokens i and i + 1 are neighbours like 二三 or 三五, with no further digit beside them."""
    first, second = tokens[i], tokens[i + 1]
    beside = [tokens[j] for j in (i - 1, i + 2) if 0 <= j < len(tokens)]
    return (
        first.text in DIGITS
        and second.text in DIGITS
        and (second.value - first.value == 1 or first.text + second.text == "三五")
        and first.value > 0
        and all(token.scale for token in beside)
    )


def _value(tokens: Sequence[_Token]) -> Decimal | None:
    """Return the value of the tokens, read around the last of their greatest scales; None if they make none."""
    if not tokens:
        return None
    greatest = max((token.value for token in tokens if token.scale), default=None)
    if greatest is None:
        return _digits(tokens)
    place = max(i for i, token in enumerate(tokens) if token.scale and token.value == greatest)
    coefficient = _coefficient(tokens[:place], greatest)
    rest = _rest(tokens[place + 1 :], greatest)
    if coefficient is None or rest is None or (rest and coefficient != coefficient.to_integral_value()):
        return None
    return EXACT.add(EXACT.multiply(coefficient, greatest), rest)


def _coefficient(tokens: Sequence[_Token], scale: Decimal) -> Decimal | None:
    if not tokens:
        return ONE if scale <= SCALES["万"] else None
    value = _value(_without_zeros(tokens))
    if scale < SCALES["万"] and len(tokens) > 1 and not all(token.text in ZEROS for token in tokens[:-1]):
        return None
    return value


def _without_zeros(tokens: Sequence[_Token]) -> Sequence[_Token]:
    while len(tokens) > 1 and tokens[0].text in ZEROS:
        tokens = tokens[1:]
    return tokens


def _rest(tokens: Sequence[_Token], scale: Decimal) -> Decimal | None:
    """Return what follows a scale: 零五 is 5, a bare 五 after 万 is 五千, four Arabic digits fill 万."""
    if not tokens:
        return Decimal(0)
    if tokens[0].text in ZEROS:
        value = _value(_without_zeros(tokens))
    elif len(tokens) == 1 and tokens[0].is_digit:
        return EXACT.multiply(tokens[0].value, scale / TEN)
    elif len(tokens) == 1:
        value = tokens[0].value if TEN ** len(tokens[0].text.replace(",", "")) == scale else None
    else:
        value = _value(tokens)
    return value if value is not None and value < scale else None


def _digits(tokens: Sequence[_Token]) -> Decimal | None:
    """Return the value of a literal, or of Chinese digits read one by one (二零二五 is 2025)."""
    if len(tokens) == 1:
        return tokens[0].value
    if not all(token.text in DIGITS for token in tokens):
        return None
    return Decimal("".join(str(DIGITS[token.text]) for token in tokens))
