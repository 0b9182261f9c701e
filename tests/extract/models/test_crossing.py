"""Pairs of features are hashed like the two texts written one after the other."""

from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from extract.models.crossing import crossed

WORDS = st.lists(st.text(max_size=20), max_size=6)


@given(WORDS, WORDS)
def test_each_pair_has_the_checksum_of_both_texts_together(heads: list[str], tails: list[str]) -> None:
    table = crossed([crc32(head.encode()) for head in heads], [tail.encode() for tail in tails])
    assert table.shape == (len(heads), len(tails))
    assert table.tolist() == [[crc32(f"{head}{tail}".encode()) for tail in tails] for head in heads]
