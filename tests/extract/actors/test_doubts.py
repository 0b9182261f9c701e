"""Doubtful organisations of the tagger: mentions where the trained one agrees, counted where nobody can be asked."""

from collections.abc import Sequence

import pytest

from extract.actors import ActorLayer, tag_actors
from extract.models.names.protocol import Known, NoNameTagger
from extract.models.names.treebank import NamedSpan, NameType
from extract.normalize import shadow_of
from extract.reading import Reading, Word
from extract.segment import segment
from schemas.actor import ActorType
from schemas.extraction import Refusal
from schemas.text import Document, Span


class Says:
    """A tagger of names that says the same of everything, and keeps what it was asked."""

    is_fallback = False

    def __init__(self, *names: NamedSpan) -> None:
        self.found = names
        self.asked: list[Span] = []
        self.known: list[Known] = []

    def names(self, reading: Reading, known: Sequence[Known], stretches: Sequence[Span]) -> tuple[NamedSpan, ...]:
        self.asked += stretches
        self.known += known
        return self.found


def reading_with(text: str, *words: tuple[str, str]) -> Reading:
    shadow, at = shadow_of(text), 0
    placed = []
    for form, pos in words:
        start = text.index(form, at)
        at = start + len(form)
        placed.append(Word(start, at, form, pos, pos if pos in {"ORG", "PER", "LOC"} else ""))
    parts = segment(text, shadow)
    document = Document(document_id="d", text=text)
    return Reading(document, shadow, parts.sections, parts.sentences, parts.quotations, parts.clauses, tuple(placed))


TEXT = "市場平靜。霽陽上午宣布擴產。"
READING = reading_with(TEXT, ("市場", "n"), ("霽陽", "ORG"), ("上午", "TIME"), ("宣布", "v"))


def mentions(layer: ActorLayer) -> list[tuple[str, ActorType]]:
    return [(tag.span.of(TEXT), tag.actor_type) for tag in layer.tags]


def test_an_organisation_on_which_both_agree_is_a_mention() -> None:
    says = Says(NamedSpan(5, 7, "ORG"))
    layer = tag_actors(READING, names=says)
    assert mentions(layer) == [("霽陽", ActorType.ORGANISATION)]
    assert layer.actors[0].is_provisional
    assert [span.of(TEXT) for span in says.asked] == ["霽陽上午宣布擴產。"]


@pytest.mark.parametrize(("start", "end", "name_type"), [(5, 8, "ORG"), (5, 7, "LOC"), (5, 7, "PER")])
def test_other_edges_or_another_type_confirm_nothing(start: int, end: int, name_type: NameType) -> None:
    assert mentions(tag_actors(READING, names=Says(NamedSpan(start, end, name_type)))) == []


def test_where_nobody_can_be_asked_each_doubt_is_counted() -> None:
    layer = tag_actors(READING, names=NoNameTagger())
    (left_out,) = layer.skipped
    assert (left_out.reason, left_out.span.of(TEXT)) == (Refusal.TAGGER_ABSENT, "霽陽")


@pytest.mark.parametrize("word", ["霽陽廠", "美國霽陽", "投信", "日圓", "AMZ"])
def test_forms_that_name_nobody_are_never_asked_about(word: str) -> None:
    text = f"{word}今天不動。"
    says = Says(NamedSpan(0, len(word), "ORG"))
    layer = tag_actors(reading_with(text, (word, "ORG"), ("今天", "TIME")), names=says)
    assert word not in [tag.span.of(text) for tag in layer.tags]
    assert says.asked == []


def test_the_trained_tagger_is_told_what_the_rules_found() -> None:
    text = "聯準會與霽陽開會。"
    says = Says()
    tag_actors(reading_with(text, ("聯準會", "ORG"), ("與", "c"), ("霽陽", "ORG"), ("開會", "v")), names=says)
    assert [(text[k.start : k.end], k.actor_type) for k in says.known] == [("聯準會", ActorType.GOVERNMENT)]
