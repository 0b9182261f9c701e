"""One compiled pattern over the shadow, and what each match of it means."""

import re
from collections.abc import Iterator
from functools import cache

from extract.periods.atoms import BRANCHES, Atom, Basis, Kind, numeric_patterns
from extract.periods.building import BUILDERS
from extract.periods.lexicon import alternatives, guard, words
from extract.periods.vocabulary import meanings


def scan(shadow: str) -> Iterator[Atom]:
    """Yield the atoms of a text in order; excluded names are passed over.

    Example:
        >>> [(atom.kind.value, int(atom.low)) for atom in scan("去年12月30日")]
        [('year', -1), ('month', 12), ('day', 30)]
    """
    known = meanings()
    for match in _pattern().finditer(shadow):
        group = (match.lastgroup or "").rstrip("_")
        text, start = match[0], match.start()
        if group == "name":
            continue
        if group == "word" or group == "guarded":
            meaning = known[text]
            yield Atom(meaning.kind, start, match.end(), meaning.low, meaning.high, meaning.basis, meaning.detail)
        elif group == "adverb":
            yield Atom(Kind.OPEN, start, match.end(), detail="future")
        elif group == "bracketed":
            yield Atom(Kind.RELATIVE_DAY, start, match.end(), 1 if text == "明" else 0, 0, Basis.PUBLICATION)
        else:
            yield BUILDERS[group](text, start)


@cache
def _pattern() -> re.Pattern[str]:
    """Return the one pattern, its branches parted by what they begin with, so that few are tried at a place."""
    lexicon = words()
    numeric = numeric_patterns(lexicon)
    plain = sorted((word for word in meanings() if word != "昨"), key=len, reverse=True)
    day_guard, year_guard, quarter_guard = guard("day_word"), guard("year_word"), guard("季")
    ending = f"(?:(?<=日){day_guard}|(?<=年){year_guard}|(?<=季){quarter_guard}|(?<![日年季]))"
    spelled = {
        "word": f"(?<![每历逢如提]){alternatives(plain)}{ending}",
        "adverb": "|".join(f"{word}(?=[{letters}])" for word, letters in lexicon.adverbs.items()),
        "guarded": "昨(?!乎)",
        "bracketed": r"[今明](?= ?\( ?\d{1,2} ?日?\) ?日?)",
    }
    branches = [
        # A group may stand in several branches: underscores after its name keep the names apart.
        start + _either({f"{name}{'_' * index}": numeric[name] for name in names.split()})
        for index, (start, names) in enumerate(BRANCHES)
    ]
    starts = "".join(sorted({word[0] for word in (*plain, *lexicon.adverbs)}))
    names = _either({"name": alternatives(sorted(lexicon.names, key=len, reverse=True))})
    return re.compile("|".join((names, *branches, f"(?=[{starts}昨今明])" + _either(spelled))))


def _either(groups: dict[str, str]) -> str:
    return "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items()) + ")"
