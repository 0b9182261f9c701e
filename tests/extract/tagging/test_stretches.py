"""What the tagger reads: sentences, cut at blanks that part clauses and where they get too long."""

from hypothesis import given
from hypothesis import strategies as st

from extract.normalize import shadow_of
from extract.segment import segment
from extract.tagging.stretches import LONGEST, stretches_of
from schemas.text import Span


def stretches(text: str) -> tuple[Span, ...]:
    shadow = shadow_of(text)
    parts = segment(text, shadow)
    return stretches_of(shadow, parts.sentences, parts.clauses)


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    text = "法人看好後市，" * 200
    pieces = [stretch.of(text) for stretch in stretches(text)]
    assert all(len(piece) <= LONGEST and piece.endswith("，") for piece in pieces)


def test_a_sentence_without_clauses_is_cut_by_length() -> None:
    assert max(s.end - s.start for s in stretches("漲" * (3 * LONGEST + 1))) == LONGEST


@given(st.text(st.sampled_from("漲跌，。 \n3,"), max_size=900))
def test_stretches_cover_each_sentence_without_overlap(text: str) -> None:
    covered = [place for stretch in stretches(text) for place in range(stretch.start, stretch.end)]
    sentences = segment(text, shadow_of(text)).sentences
    assert covered == [place for s in sentences for place in range(s.span.start, s.span.end)]
