"""A reading knows where each sentence's words and trees are, and says what it could not read."""

from extract.reader import best_parser, best_tagger, reading_of, unread
from extract.tagging.rules import RuleTagger
from schemas.extraction import Refusal
from schemas.text import Document

TEXT = "油價收低\n（記者王大同報導）布蘭特原油昨日跌3%。法人說，需求偏弱。"


def document(text: str) -> Document:
    return Document(document_id="d", text=text)


def test_the_tree_of_each_sentence_begins_at_its_first_word() -> None:
    reading = reading_of(document(TEXT), best_tagger(), best_parser())
    for sentence, tree in zip(reading.sentences, reading.trees, strict=True):
        assert tree is not None
        assert reading.words[tree.first_word].start == sentence.span.start
        assert reading.words[tree.first_word + len(tree.heads) - 1].end == sentence.span.end


def test_every_stage_tells_the_watch() -> None:
    stages: list[str] = []
    reading_of(document(TEXT), RuleTagger(), None, watch=lambda stage, seconds: stages.append(stage))
    assert stages == ["shadow", "segment", "tag"]


def test_without_models_the_whole_text_is_told_as_poorly_read() -> None:
    reading = reading_of(document(TEXT), RuleTagger(), None)
    assert [(one.reason, one.span.of(TEXT)) for one in unread(reading, RuleTagger(), None)] == [
        (Refusal.TAGGER_ABSENT, TEXT)
    ]


def test_with_models_nothing_is_left_out() -> None:
    tagger, parser = best_tagger(), best_parser()
    assert list(unread(reading_of(document(TEXT), tagger, parser), tagger, parser)) == []


def test_a_sentence_too_long_for_a_tree_is_told() -> None:
    text = "漲、跌、" * 60 + "。"
    tagger, parser = RuleTagger(), best_parser()
    found = list(unread(reading_of(document(text), tagger, parser), tagger, parser))
    assert Refusal.SENTENCE_TOO_LONG in {one.reason for one in found}


def test_an_empty_document_has_an_empty_reading() -> None:
    reading = reading_of(document(""), best_tagger(), best_parser())
    assert (reading.words, len(reading.trees), list(unread(reading, RuleTagger(), None))) == ((), 0, [])
