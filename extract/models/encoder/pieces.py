"""Cut text into the word pieces of the base model: the likeliest parting under a unigram model, by Viterbi.

Source: Kudo, Subword Regularization, ACL 2018. Pieces and scores are those of multilingual-e5-small (MIT), fewer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, NamedTuple, Self

from schemas.errors import DomainError

FILE: Final = "pieces.tsv"
START, END, UNKNOWN = 0, 2, 3
"""Rows of the embedding table that stand for no piece."""
_FIRST_PIECE = 4
_BLANK = "▁"
# Signs that the base model knows by another code point.
_FOLDED = {"…": "...", "\u2027": "·", "\u30fb": "·", "\u3014": "(", "\u3015": ")"}
_UNKNOWN_COST = 10.0  # below the score of the rarest piece, as SentencePiece has it


class Piece(NamedTuple):
    """A stretch [start, end) of the text and the row of its embedding."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary: row and score of each piece, and the longest piece that begins with each character."""

    rows: Mapping[str, tuple[int, float]]
    longest: Mapping[str, int]
    unknown_score: float

    @classmethod
    def of(cls, scores: Mapping[str, float]) -> Self:
        """Return the vocabulary of these pieces, their rows in the order given."""
        longest: dict[str, int] = {}
        for text in scores:
            longest[text[0]] = max(longest.get(text[0], 0), len(text))
        rows = {text: (row, score) for row, (text, score) in enumerate(scores.items(), start=_FIRST_PIECE)}
        return cls(rows, longest, min(scores.values(), default=0.0) - _UNKNOWN_COST)

    def cut(self, text: str) -> Iterator[Piece]:
        """Yield the pieces of a text in order; together they cover all of it but repeated blanks.

        Args:
            text: a sentence of the shadow; `▁` stands for its beginning and its blanks.

        Example:
            >>> pieces = Pieces.of({"▁": -3.0, "台": -9.0, "股": -9.0, "台股": -10.0, "涨": -9.0})
            >>> [(p.row, p.start, p.end) for p in pieces.cut("台股涨")]
            [(4, 0, 1), (7, 0, 2), (8, 2, 3)]
        """
        characters = list(_characters(text))
        plain = "".join(character for character, _ in characters)
        for first, last, row in self._likeliest(plain):
            yield Piece(row, characters[first][1], characters[last - 1][1] + 1)

    def _likeliest(self, plain: str) -> list[tuple[int, int, int]]:
        size = len(plain)
        unknown = (UNKNOWN, self.unknown_score)
        best = [0.0, *([float("-inf")] * size)]
        before = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            reach = min(size, start + self.longest.get(plain[start], 1))
            for end in range(start + 1, reach + 1):
                known = self.rows.get(plain[start:end]) or (unknown if end == start + 1 else None)
                if known is not None and best[start] + known[1] > best[end]:
                    best[end], before[end] = best[start] + known[1], (start, known[0])
        path: list[tuple[int, int, int]] = []
        end = size
        while end:
            start, row = before[end]
            path.append((start, end, row))
            end = start
        return path[::-1]


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the characters that the pieces are spelt with, and where each stands in the text."""
    if not text[:1].isspace():
        yield _BLANK, 0
    is_blank = False
    for at, character in enumerate(text):
        if character.isspace():
            if not is_blank:
                yield _BLANK, at
            is_blank = True
        else:
            is_blank = False
            for folded in _FOLDED.get(character, character):
                yield folded, at


@cache
def shipped_pieces() -> Pieces:
    """Return the vocabulary that came with the package, read once a process.

    Raises:
        DomainError: the file is absent or broken, code "model.unreadable".
    """
    try:
        lines = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines()
        return Pieces.of({text: float(score) for text, score in (line.split("\t") for line in lines)})
    except (OSError, ValueError) as error:
        message = f"vocabulary {FILE} cannot be read: install the package again or run `make train-encoder`"
        raise DomainError("model.unreadable", message, path=FILE) from error
