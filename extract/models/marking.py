"""Read articles whose annotation stands in their text: who says it, by which word, and where it begins and ends.

A head (`published`, `author`, `genre`, `names`), a line `---`, then the text. A claim is marked where it stands:
`{KIND SPEAKERS CUE|span}`, KIND being f, p or o (fact, prediction, opinion), SPEAKERS ids joined by commas and left out
for the narrator, CUE the word that attributes it, if any. Marks don't nest. `names` gives for each id its names:

    published: 2024-05-13
    author: -
    genre: wire report, Taiwan
    names:
      shen-wei-ting = 沈維廷 | 沈董
    ---
    沈維廷說，「{o shen-wei-ting 說|谷底已過}」，{p shen-wei-ting 說|下季營收可增5%}。
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NoReturn

from schemas.actor import ANALYSTS, AUTHOR, MARKET
from schemas.claim import ClaimKind
from schemas.errors import InputError

_KINDS: Final = {"f": ClaimKind.FACT, "p": ClaimKind.PREDICTION, "o": ClaimKind.OPINION}
_HEAD_END: Final = "\n---\n"
_MARK: Final = re.compile(r"\{([^{}|\n]*)\|([^{}|\n]+)\}")
_WHO: Final = re.compile(r"(?P<kind>[fpo])(?: (?P<speakers>[a-z0-9,-]+)(?: (?P<cue>.+))?)?")
_FIELD: Final = re.compile(r"(published|author|genre|names): ?(.*)")
_NAMES: Final = re.compile(r"  ([a-z0-9-]+) = (.+)")
_STRAY: Final = re.compile("[{}]")
_UNNAMED: Final = frozenset({AUTHOR, MARKET, ANALYSTS})


def parse_marked(raw: str, place: str) -> tuple[str, dict[str, Any]]:
    r"""Return the text without its marks, and what they say in the format of the annotated articles.

    Args:
        raw: the whole file.
        place: its name, for errors.

    Raises:
        InputError: a line of the head or a mark is not as it should be, or somebody without a name speaks, code
            "annotation.mark".

    Example:
        >>> raw = "published: 2024-05-13\nauthor: -\ngenre: wire\nnames:\n  li = 李\n---\n李說{o li 說|很好}。"
        >>> text, gold = parse_marked(raw, "a.txt")
        >>> text, gold["claims"][0]["speakers"], gold["claims"][0]["start"]  # Li says it is fine
        ('李說很好。', ['li'], 2)
    """
    head, found, body = raw.partition(_HEAD_END)
    if not found:
        _refuse(place, "a line --- between head and text is wanted")
    doc, names = _head(head, place)
    text, claims, last = "", [], 0
    for mark in _MARK.finditer(body):
        text += body[last : mark.start()]
        claims.append(_claim(mark, len(text), names.keys() | _UNNAMED, place))
        text += mark[2]
        last = mark.end()
    text += body[last:]
    stray = _STRAY.search(text)
    if stray:
        _refuse(place, f"a mark is not closed or holds another one near {text[max(0, stray.start() - 12) :][:24]!r}")
    return text, {"doc": doc, "claims": claims, "names": names}


def _head(head: str, place: str) -> tuple[dict[str, Any], dict[str, list[str]]]:
    fields: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for line in head.splitlines():
        if name := _NAMES.fullmatch(line):
            names[name[1]] = [one.strip() for one in name[2].split("|")]
        elif field := _FIELD.fullmatch(line):
            fields[field[1]] = field[2].strip()
        else:
            _refuse(place, f"{line!r} is no line of a head")
    try:
        published = date.fromisoformat(fields.get("published", ""))
    except ValueError:
        _refuse(place, "published: wants a day like 2024-05-13")
    author = fields.get("author", "-")
    return {"published": published.isoformat(), "author": None if author == "-" else author}, names


def _claim(mark: re.Match[str], start: int, known: Iterable[str], place: str) -> dict[str, Any]:
    who = _WHO.fullmatch(mark[1])
    if not who:
        _refuse(place, f"{mark[1]!r} says not who claims and of which kind: {{f li 說|…}}, {{f|…}} for the narrator")
    speakers = (who["speakers"] or AUTHOR).split(",")
    for speaker in speakers:
        if speaker not in known:
            _refuse(place, f"{speaker} speaks and has no line under names")
    span = {"start": start, "end": start + len(mark[2]), "text": mark[2]}
    return span | {"kind": _KINDS[who["kind"]].value, "speakers": speakers, "cue": who["cue"]}


def _refuse(place: str, reason: str) -> NoReturn:
    raise InputError("annotation.mark", f"{place}: {reason}", path=place)
