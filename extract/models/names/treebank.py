"""Read sentences with annotated names from an IOB2 file, as Universal NER publishes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from schemas.errors import InputError

NameType = Literal["PER", "ORG", "LOC"]
TYPES: Final[tuple[NameType, ...]] = get_args(NameType)
_TEXT: Final = "# text = "


@dataclass(frozen=True, slots=True, order=True)
class NamedSpan:
    """A name in a text: [start, end) and what sort of thing it names."""

    start: int
    end: int
    name_type: NameType


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """A sentence with all names in it."""

    text: str
    names: frozenset[NamedSpan]


def read_treebank(path: Path) -> tuple[NamedSentence, ...]:
    """Return the sentences of an IOB2 file in their order.

    Raises:
        InputError: the file can't be read or breaks the form, code "treebank.unreadable".
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("treebank.unreadable", f"{path.name} can't be read: check the path", path=path.name) from error
    return tuple(sentences_of(lines, name=path.name))


def sentences_of(lines: Sequence[str], *, name: str) -> Iterator[NamedSentence]:
    r"""Yield the sentences of IOB2 lines; a blank line ends each.

    Args:
        lines: `# text = …`, then a line for each token: number, form, label, and whatever else, parted by tabs.
        name: of the file, for errors.

    Raises:
        InputError: a token is not in the text, or a label is none, code "treebank.unreadable".

    Example:
        >>> rows = ["# text = 王明在台中", "1\t王明\tB-PER", "2\t在\tO", "3\t台中\tB-LOC", ""]
        >>> [(n.start, n.end, n.name_type) for n in sorted(next(sentences_of(rows, name="a")).names)]
        [(0, 2, 'PER'), (3, 5, 'LOC')]
    """
    text, tokens = "", list[tuple[str, str]]()
    for number, line in enumerate([*lines, ""], start=1):
        if line.startswith(_TEXT):
            text = line.removeprefix(_TEXT)
        elif line.strip() and not line.startswith("#"):
            fields = line.split("\t")
            if len(fields) < 3 or (fields[2] != "O" and fields[2][2:] not in TYPES):
                raise _broken(name, number, "no token with a label")
            tokens.append((fields[1], fields[2]))
        elif not line.strip() and tokens:
            names = _names_of(text, tokens)
            if names is None:
                raise _broken(name, number, "a token that the text above does not hold")
            yield NamedSentence(text, names)
            tokens = []


def _names_of(text: str, tokens: Sequence[tuple[str, str]]) -> frozenset[NamedSpan] | None:
    found: list[NamedSpan] = []
    at, is_open = 0, False
    for form, label in tokens:
        start = text.find(form, at)
        if start < 0:
            return None
        at = start + len(form)
        name_type = next((t for t in TYPES if label[2:] == t), None)
        if name_type is None:
            is_open = False
        elif is_open and label.startswith("I") and found[-1].name_type == name_type:
            found[-1] = NamedSpan(found[-1].start, at, name_type)
        else:
            found.append(NamedSpan(start, at, name_type))
            is_open = True
    return frozenset(found)


def _broken(name: str, line: int, problem: str) -> InputError:
    return InputError("treebank.unreadable", f"{name}:{line}: {problem}: take the file from its source again")
