"""Pieces: a text is cut whole, in order, and in the likeliest way."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.models.encoder.pieces import UNKNOWN, Pieces, shipped_pieces

SCORES = {
    "▁": -2.0,
    "利": -6.0,
    "率": -6.5,
    "利率": -7.0,
    "率上": -6.8,
    "上": -5.0,
    "升": -5.5,
    "上升": -8.0,
    "3": -4.0,
}
TEXTS = st.text(alphabet="利率上升3 貓", max_size=9)


def partings(text: str) -> list[tuple[str, ...]]:
    """Return all ways to part a text, however unlikely."""
    if not text:
        return [()]
    return [(text[:end], *rest) for end in range(1, len(text) + 1) for rest in partings(text[end:])]


def cost(parting: tuple[str, ...], pieces: Pieces) -> float:
    return sum(
        pieces.rows[part][1] if part in pieces.rows else pieces.unknown_score if len(part) == 1 else -math.inf
        for part in parting
    )


@given(TEXTS)
def test_pieces_stand_in_order_and_leave_out_nothing_but_blanks(text: str) -> None:
    found = list(Pieces.of(SCORES).cut(text))
    covered = {at for piece in found for at in range(piece.start, piece.end)}
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())
    assert all(a.start <= b.start and a.end <= b.end for a, b in itertools.pairwise(found))
    assert all(0 <= piece.start < piece.end <= max(1, len(text)) for piece in found)


@given(st.text(alphabet="利率上升3貓", min_size=1, max_size=8))
def test_no_other_parting_is_likelier(text: str) -> None:
    pieces = Pieces.of(SCORES)
    spelt = "▁" + text
    found = list(pieces.cut(text))
    scores = dict(pieces.rows.values())
    total = sum(scores.get(piece.row, pieces.unknown_score) for piece in found)
    assert total == pytest.approx(max(cost(parting, pieces) for parting in partings(spelt)))


def test_a_sign_outside_the_vocabulary_is_one_unknown_piece() -> None:
    rows = [piece.row for piece in Pieces.of(SCORES).cut("利率貓")]
    assert rows == [4, 7, UNKNOWN]


def test_signs_that_the_base_model_spells_otherwise_keep_their_places() -> None:
    found = list(Pieces.of({"▁": -1.0, "...": -3.0, "升": -5.0}).cut("升…升"))
    assert [(piece.row, piece.start, piece.end) for piece in found] == [(4, 0, 1), (6, 0, 1), (5, 1, 2), (6, 2, 3)]


def test_the_shipped_vocabulary_holds_general_pieces_and_no_sentence() -> None:
    pieces = shipped_pieces()
    assert len(pieces.rows) > 10_000
    assert max(len(text) for text in pieces.rows) <= 20
    assert not any("," in text and len(text) > 2 for text in pieces.rows)
