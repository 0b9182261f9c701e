"""Values spelled in many ways, by code that shares nothing with the grammar: for round trips."""

import random
from collections.abc import Callable
from decimal import Decimal

_PLACES = ("", "十", "百", "千")
_MYRIADS = ("", "萬", "億", "兆")
_ORDINARY = "零一二三四五六七八九"
_FORMAL = "零壹貳叁肆伍陸柒捌玖"


def chinese(value: int, digits: str = _ORDINARY, places: tuple[str, ...] = _PLACES) -> str:
    """Spell a whole number below 10,000 兆 in full."""
    if value == 0:
        return digits[0]
    groups = [value // 10_000**i % 10_000 for i in range(len(_MYRIADS))]
    spelled = ""
    for i in reversed(range(len(groups))):
        if groups[i] == 0:
            continue
        gap = digits[0] if spelled and (groups[i] < 1000 or groups[i + 1] == 0) else ""
        spelled += gap + _group(groups[i], digits, places) + _MYRIADS[i]
    return spelled


def _group(value: int, digits: str, places: tuple[str, ...]) -> str:
    spelled, is_gap = "", False
    for i in reversed(range(len(places))):
        digit = value // 10**i % 10
        if digit == 0:
            is_gap = bool(spelled)
            continue
        spelled += (digits[0] if is_gap else "") + digits[digit] + places[i]
        is_gap = False
    return spelled


def formal(value: int) -> str:
    """Spell as on a cheque; a lone cheque digit is an ordinary word (陸 mainland), so one of ten up only."""
    return chinese(value) if value < 10 else chinese(value, _FORMAL, ("", "拾", "佰", "仟"))


def short_ten(value: int) -> str:
    """Spell with 十 for 一十 at the beginning (十五, 十萬)."""
    spelled = chinese(value)
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def two_as_liang(value: int) -> str:
    """Spell 二 before 千, 萬, 億 and 兆 as 兩."""
    spelled = chinese(value)
    for place in "千萬億兆":
        spelled = spelled.replace(f"二{place}", f"兩{place}")
    return spelled


def elliptic(value: int) -> str:
    """Leave the last place out where the grammar allows it: 兩萬三, 一千六, 三百五."""
    spelled = two_as_liang(value)
    for larger, smaller in (("萬", "千"), ("千", "百"), ("百", "十")):
        if len(spelled) >= 4 and spelled[-1] == smaller and spelled[-3] == larger:
            return spelled[:-1]
    return spelled


def commas(value: int) -> str:
    """Spell with a comma for each three digits."""
    return f"{value:,}"


def full_width(value: int) -> str:
    """Spell in digits of full width."""
    return str(value).translate({ord("0") + i: ord("０") + i for i in range(10)})


def mixed(value: int) -> str:
    """Spell in Arabic groups with 萬, 億 and 兆 between (1億2,345萬6,789)."""
    groups = [value // 10_000**i % 10_000 for i in range(len(_MYRIADS))]
    parts = [f"{groups[i]:,}{_MYRIADS[i]}" for i in reversed(range(1, 4)) if groups[i]]
    if not parts:
        return str(value)
    last = next(i for i in range(1, 4) if groups[i])
    return "".join(parts) + (f"{groups[0]:0{4 * last}d}" if groups[0] else "")


def scaled(value: int) -> str:
    """Spell as a decimal fraction of the largest myriad that fits (1.2345億)."""
    for i in reversed(range(1, 4)):
        if value >= 10_000**i:
            return f"{(Decimal(value) / 10_000**i).normalize():f}{_MYRIADS[i]}"
    return str(value)


def spaced(value: int) -> str:
    """Spell as `scaled` with a blank before the myriad."""
    spelled = scaled(value)
    return f"{spelled[:-1]} {spelled[-1]}" if spelled[-1] in "萬億兆" else spelled


SPELLINGS: tuple[Callable[[int], str], ...] = (
    str, chinese, formal, short_ten, two_as_liang, elliptic, commas, full_width, mixed, scaled, spaced,
)  # fmt: skip


def values(count: int, *, seed: int = 20250320) -> list[int]:
    """Return numbers of every length, plain ones, round ones and such with many noughts inside."""
    random_numbers = random.Random(seed)  # noqa: S311 (a seed makes it repeatable)
    found = list(range(10_000))
    while len(found) < count:
        digits = random_numbers.randint(1, 15)
        value = random_numbers.randrange(10 ** (digits - 1), 10**digits)
        kind = random_numbers.randrange(3)
        if kind == 1:
            value = value // 10 ** (digits - 2) * 10 ** (digits - 2) if digits > 2 else value
        elif kind == 2:
            value = int("".join(random_numbers.choice((d, d, "0")) for d in str(value))) or value
        found.append(value)
    return found
