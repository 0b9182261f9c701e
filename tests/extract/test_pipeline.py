"""The pipeline reads any text whole, keeps every span on it, and says what it lacked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.components import STAGES, doc_of
from extract.gold import gold_of
from extract.pipeline import Pipeline, Settings, build_pipeline
from extract.reader import reading_of
from schemas.extraction import Extraction, Refusal
from schemas.text import Document, Publication, Span

PIPELINE = build_pipeline()
WITHOUT_MODELS = build_pipeline(Settings(has_models=False))
ARTICLE = """央行按兵不動
（記者王大同／台北報導）央行昨日宣布利率維持2%不變。總裁楊金龍表示，「明年通膨可望降到1.8%」，但房價仍偏高。
台積電預期第四季營收將達330億美元，年增三成；市場普遍認為，聯準會有六成機率在12月降息1碼。
■外資怎麼看
高盛預估，若關稅上調，台灣明年經濟成長率恐下修0.5個百分點。"""
PUBLISHED = Publication(published=date(2025, 9, 19))
FRAGMENTS = st.sampled_from(
    [
        "台積電",
        "表示，",
        "「",
        "」",
        "36.2 兆美元",
        "明年",
        "將升息",
        "2碼",
        "。",
        "\n",
        "■",
        "（",
        "1,",
        "？",
        "\t",
        "億",
        "𠮷",
    ]
)
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.lists(FRAGMENTS, max_size=25).map("".join)
)


def document(text: str, publication: Publication = PUBLISHED) -> Document:
    return Document(document_id="d", text=text, publication=publication)


def spans_of(extraction: Extraction) -> Iterator[Span]:
    layers = (
        extraction.sections, extraction.sentences, extraction.quantities, extraction.periods, extraction.actor_tags,
        extraction.employments, extraction.claims, extraction.skipped,
    )  # fmt: skip
    for layer in layers:
        yield from (item.span for item in layer)


@pytest.mark.parametrize("pipeline", [PIPELINE, WITHOUT_MODELS], ids=["models", "rules"])
@settings(max_examples=120, deadline=None)
@given(text=ANY_TEXT)
def test_any_text_is_read_with_every_span_equal_to_its_slice(pipeline: Pipeline, text: str) -> None:
    extraction = pipeline.extract(document(text))
    assert all(span.end <= len(text) for span in spans_of(extraction))
    assert all(claim.text == claim.span.of(text) for claim in extraction.claims)
    gold = gold_of(extraction)
    layers = ("quantities", "times", "actors", "claims")
    assert all(text[tag["start"] : tag["end"]] == tag["text"] for layer in layers for tag in gold[layer])


@settings(max_examples=120, deadline=None)
@given(text=ANY_TEXT)
def test_the_spacy_doc_of_any_text_is_that_text(text: str) -> None:
    reading = reading_of(document(text), WITHOUT_MODELS.tagger, None)
    assert doc_of(PIPELINE.nlp.vocab, reading).text == text


def test_an_article_gives_every_layer_in_text_order() -> None:
    extraction = PIPELINE.extract(document(ARTICLE))
    for layer in (extraction.quantities, extraction.periods, extraction.actor_tags, extraction.claims):
        assert layer
        assert all(a.span.start <= b.span.start for a, b in pairwise(layer))
    assert {actor.actor_id for actor in extraction.actors} >= {tag.actor_id for tag in extraction.actor_tags}


def test_reading_twice_gives_the_same() -> None:
    assert PIPELINE.extract(document(ARTICLE)) == PIPELINE.extract(document(ARTICLE))


def test_threads_may_share_a_pipeline() -> None:
    texts = [ARTICLE, ARTICLE[:150], ARTICLE[60:]] * 3
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda text: PIPELINE.extract(document(text)), texts))
    assert found == [PIPELINE.extract(document(text)) for text in texts]


def test_the_vocabulary_does_not_grow_with_what_was_read() -> None:
    PIPELINE.extract(document(ARTICLE))
    before = len(PIPELINE.nlp.vocab.strings)
    PIPELINE.extract(document("鋰礦商 Xyzzy-9 昨日增產百分之七，股價漲停。"))
    assert len(PIPELINE.nlp.vocab.strings) == before


def test_without_a_publication_date_relative_periods_are_refused_and_a_warning_says_so() -> None:
    extraction = PIPELINE.extract(document("央行明年將升息。", Publication()))
    assert extraction.periods == ()
    assert Refusal.NO_REFERENCE_DATE in {one.reason for one in extraction.skipped}
    assert [warning for warning in extraction.warnings if warning.startswith("period.no_reference_date: ")]


def test_without_models_a_warning_and_a_refusal_say_so() -> None:
    extraction = WITHOUT_MODELS.extract(document(ARTICLE))
    assert Refusal.TAGGER_ABSENT in {one.reason for one in extraction.skipped}
    assert [warning.split(":")[0] for warning in extraction.warnings] == ["tagging.absent", "tagging.absent"]
    assert extraction.quantities


def test_with_models_and_a_date_there_is_nothing_to_warn_of() -> None:
    assert PIPELINE.extract(document(ARTICLE)).warnings == ()


def test_each_component_reads_only_what_an_earlier_one_wrote() -> None:
    assigned = {"doc._.reading"}
    for stage in STAGES:
        meta = PIPELINE.nlp.get_pipe_meta(stage)
        assert set(meta.requires) <= assigned
        assigned |= set(meta.assigns)


def test_the_watch_is_told_every_stage() -> None:
    stages: list[str] = []
    PIPELINE.extract(document(ARTICLE), watch=lambda stage, seconds: stages.append(stage))
    assert stages == ["shadow", "segment", "tag", "doc", *STAGES]


def test_a_long_line_without_a_stop_is_read_to_its_end() -> None:
    text = "外資買超36億元，法人看好後市，" * 500
    extraction = WITHOUT_MODELS.extract(document(text))
    assert extraction.sentences[-1].span.end == len(text)
    assert len(extraction.quantities) == 500
