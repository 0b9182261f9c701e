"""The layer as a whole: spans that hold, ids that join names, titles that give employments, refusals that are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.actors import ActorLayer, tag_actors
from extract.actors.base import build_base, read_records
from extract.normalize import shadow_of
from extract.reader import best_tagger, reading_of
from extract.reading import Reading
from schemas.actor import AUTHOR, ActorType
from schemas.extraction import Refusal
from schemas.text import Document, Locale


def layer_of(text: str, locale: Locale = Locale.TAIWAN) -> ActorLayer:
    return tag_actors(reading_of(Document(document_id="d", text=text, locale=locale), best_tagger(), None))


def mentions_in(text: str, layer: ActorLayer) -> list[tuple[str, str]]:
    return [(tag.span.of(text), tag.actor_id) for tag in layer.tags]


def test_without_words_the_base_is_still_found() -> None:
    text = "聯準會主席鮑爾說，輝達股價太高。"
    layer = tag_actors(Reading(document=Document(document_id="d", text=text), shadow=shadow_of(text)))
    assert mentions_in(text, layer) == [
        ("聯準會", "federal-reserve"),
        ("鮑爾", "jerome-powell"),
        ("輝達", "nvidia"),
    ]


def test_a_list_of_those_present_gives_titles_but_a_label_with_speech_behind_it_does_not() -> None:
    titles = [(one.title, one.person_id) for one in layer_of("主席：高志強。紀錄：林以恩\n主席宣布開會。").employments]
    assert titles[:1] == [("主席", "高志强")]
    assert layer_of("董事長：高志強會留任\n晟遠昨天開股東會。").employments == ()


def test_a_title_gives_an_employment_with_its_employer() -> None:
    text = "渣打銀行首席經濟學家梁宥之表示，匯率偏強。"
    employment = layer_of(text).employments[0]
    assert (employment.person_id, employment.employer_id) == ("梁宥之", "standard-chartered")
    assert employment.title == employment.span.of(text) == "首席經濟學家"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渣打銀行梁宥之財務長表示，匯率偏強。", [("財務長", "standard-chartered")]),
        ("渣打銀行 梁宥之 財務長表示，匯率偏強。", [("財務長", "standard-chartered")]),
        (
            "渣打銀行董事長兼總裁梁宥之表示，匯率偏強。",
            [("總裁", "standard-chartered"), ("董事長", "standard-chartered")],
        ),
        (
            "渣打銀行梁宥之總裁兼執行長表示，匯率偏強。",
            [("總裁", "standard-chartered"), ("執行長", "standard-chartered")],
        ),
        ("渣打銀行警告梁宥之財務長，匯率偏強。", [("財務長", None)]),
    ],
)
def test_titles_before_and_after_the_name_are_taken(text: str, expected: list[tuple[str, str | None]]) -> None:
    employments = layer_of(text).employments
    assert [(e.title, e.employer_id) for e in employments] == expected
    assert {e.person_id for e in employments} == {"梁宥之"}
    assert all(e.span.of(text).strip() == e.title for e in employments)


def test_a_longer_word_after_the_name_is_no_title() -> None:
    assert layer_of("首席經濟學家梁宥之董事會後表示，匯率偏強。").employments[0].title == "首席經濟學家"
    assert len(layer_of("首席經濟學家梁宥之董事會後表示，匯率偏強。").employments) == 1


def test_a_title_without_an_employer_says_so() -> None:
    assert layer_of("分析師梁宥之表示，匯率偏強。").employments[0].employer_id is None


def test_an_unknown_actor_is_provisional_and_has_both_scripts() -> None:
    actor = layer_of("董事長魏立恆說，訂單滿載。").actors[0]
    assert actor.is_provisional
    assert actor.actor_type is ActorType.PERSON
    assert {name.text for name in actor.names} == {"魏立恆", "魏立恒"}


def test_a_provisional_id_is_the_same_in_both_scripts() -> None:
    traditional = layer_of("董事長魏慶蘭說，訂單滿載。").tags[0].actor_id
    simplified = layer_of("董事长魏庆兰说，订单满载。", Locale.MAINLAND).tags[0].actor_id
    assert traditional == simplified


def test_a_name_in_brackets_leads_an_unknown_spelling_to_the_base() -> None:
    text = "投資人戴麗歐（Ray Dalio）示警，戴麗歐說債務太多。"
    assert {actor_id for _, actor_id in mentions_in(text, layer_of(text))} == {"ray-dalio"}


def test_the_narrator_of_a_column_is_the_author_and_a_reporter_is_not() -> None:
    column = "錢的去處\n文／游承澤\n市場太樂觀了。"
    report = "台股收高\n（記者賴映彤／台北報導）台股收高。"
    assert ("游承澤", AUTHOR) in mentions_in(column, layer_of(column))
    assert ("賴映彤", "赖映彤") in mentions_in(report, layer_of(report))


def test_a_country_in_a_label_is_refused_with_the_reason() -> None:
    layer = layer_of("美國公債殖利率走高。")
    assert layer.tags == ()
    assert [item.reason for item in layer.skipped] == [Refusal.ACTOR_IN_LABEL]


def test_an_editors_base_takes_the_place_of_the_shipped_one() -> None:
    base = build_base(read_records("actors:\n  x-corp: 晴空寶; XCorp", name="editor.yaml"))
    text = "晴空寶推出新服務，輝達沒有。"
    reading = Reading(document=Document(document_id="d", text=text), shadow=shadow_of(text))
    assert mentions_in(text, tag_actors(reading, base=base)) == [("晴空寶", "x-corp")]


@pytest.mark.parametrize("text", ["", " ", "\n", "。", "（）", "‧", "A‧", "甲‧乙", "記者", "董事長", "（2330）"])
def test_degenerate_texts_pass(text: str) -> None:
    layer_of(text)


@given(st.text(alphabet="美國台積電董事長王小明說（）‧-Ray Dalio，。\n記者文／3330", max_size=60))
def test_tags_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    reading = Reading(document=Document(document_id="d", text=text), shadow=shadow_of(text))
    layer = tag_actors(reading)
    ends = [0, *(tag.span.end for tag in layer.tags)]
    assert all(end <= tag.span.start < tag.span.end <= len(text) for end, tag in zip(ends, layer.tags, strict=False))
    assert {tag.actor_id for tag in layer.tags} == {actor.actor_id for actor in layer.actors}
