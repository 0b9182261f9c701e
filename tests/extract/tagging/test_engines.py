"""Whatever the engine, words keep their places in the published text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize import shadow_of
from extract.reader import best_parser, best_tagger, reading_of
from extract.reading import Tree, Word
from extract.tagging.lac import LacTagger
from extract.tagging.protocol import Tagger
from extract.tagging.rules import RuleTagger
from extract.tagging.trees import LazyTrees
from extract.tagging.udpipe import UdpipeParser
from schemas.text import Document, Span

ENGINES = [LacTagger(), RuleTagger()]


def words(tagger: Tagger, text: str) -> tuple[Word, ...]:
    return tagger.tag(text, shadow_of(text), (Span(start=0, end=len(text)),))


@pytest.mark.parametrize("tagger", ENGINES, ids=lambda tagger: tagger.name)
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_words_of_any_text_are_slices_that_cover_all_but_blanks(tagger: Tagger, text: str) -> None:
    found = words(tagger, text)
    assert all(word.text == text[word.start : word.end] for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {place for word in found for place in range(word.start, word.end)}
    assert all(c.isspace() for place, c in enumerate(shadow_of(text)) if place not in covered)


def test_lac_finds_names_in_either_script() -> None:
    for text in ("鴻海董事長劉揚偉昨日赴日本東京。", "鸿海董事长刘扬伟昨日赴日本东京。"):
        assert {(word.text, word.entity) for word in words(LacTagger(), text)} >= {(text[5:8], "PER")}


def test_lac_reads_through_blanks_inside_a_word() -> None:
    text = "負債達 36.2 兆美元。"
    assert "36.2 兆美元" in [word.text for word in words(LacTagger(), text)]


def test_a_tree_hangs_the_subject_on_the_verb_of_speech() -> None:
    text = "劉揚偉表示，今年營收將會成長。"
    reading = reading_of(Document(document_id="d", text=text), best_tagger(), best_parser())
    tree = reading.trees[0]
    assert tree is not None
    spoken = [word.text for word in reading.words].index("表示")
    assert (tree.heads[0], tree.relations[0]) == (spoken, "nsubj")


def test_a_list_too_long_for_a_sentence_gets_no_tree() -> None:
    parser = UdpipeParser()
    many = tuple(Word(i, i + 1, "漲", "v") for i in range(parser.longest_sentence + 1))
    assert parser.parse(many, 0) is None


class CountingParser:
    name = "counting"
    longest_sentence = 99

    def __init__(self) -> None:
        self.asked: list[int] = []

    def parse(self, words: object, first_word: int) -> Tree | None:
        self.asked.append(first_word)
        return Tree(first_word, (-1,), ("root",))


def test_a_tree_is_built_when_first_asked_for_and_kept() -> None:
    parser = CountingParser()
    trees = LazyTrees(parser, [Word(0, 1, "漲", "v"), Word(1, 2, "跌", "v")], [0, 1, 2])
    assert parser.asked == []
    assert trees[1] is trees[1]
    assert parser.asked == [1]
    assert len(trees[:]) == 2
    assert parser.asked == [1, 0]


def test_trees_end_where_the_sentences_end() -> None:
    with pytest.raises(IndexError):
        LazyTrees(CountingParser(), [], [0])[0]
