"""Who says what: cues, labels, sources, passives, pronouns and carry-over."""

import pytest

from extract import lexicon
from extract.actors import ActorLayer
from extract.attribution import Frame, find_frames
from extract.attribution.lexicon import CueLexicon, SpeakerLexicon
from extract.propositions.rules import frame_at
from schemas.actor import ActorTag, ActorType, Employment
from schemas.claim import Speech
from schemas.errors import DomainError
from schemas.text import Span
from tests.extract.claim_readings import actors_in, read


def frame_of(text: str, words: str) -> Frame | None:
    """Return the frame that holds the words of a text."""
    at = text.index(words)
    return frame_at(find_frames(read(text), actors_in(text)), Span(start=at, end=at + len(words)))


def speakers_of(text: str, words: str) -> tuple[str, ...]:
    frame = frame_of(text, words)
    return frame.speakers if frame else ("author",)


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("北海銀行首席經濟學家林大中表示，出口已經回溫。", "出口已經回溫", ("lin-da-zhong",)),
        ("林大中在北海銀行的論壇上說，出口已經回溫。", "出口已經回溫", ("lin-da-zhong",)),
        ("林大中向晨光電子喊話，應該擴產。", "應該擴產", ("lin-da-zhong",)),
        ("林大中（Anna Berg）認為，利率太高。", "利率太高", ("lin-da-zhong",)),
        ("林大中與陳小月都認為，利率太高。", "利率太高", ("lin-da-zhong", "chen-xiao-yue")),
        ("據統計總署資料，四月出口增加一成。", "四月出口增加一成", ("statistics-office",)),
        ("根據《早報》報導，工廠已經停工。", "工廠已經停工", ("morning-post",)),
        ("分析師認為，庫存過高。", "庫存過高", ("analysts",)),
        ("市場普遍認為，降息不遠。", "降息不遠", ("market",)),
        ("統計總署昨日公布調查。研究團隊指出，信心下滑。", "信心下滑", ("statistics-office",)),
        ("一名店長透露，客人少了一半。", "客人少了一半", ("analysts",)),
        ("「訂單排到年底。」林大中說。", "訂單排到年底", ("lin-da-zhong",)),
        ("訂單排到年底，林大中說。", "訂單排到年底", ("lin-da-zhong",)),
        ("晨光電子昨天召開說明會，公布首季獲利創高。", "首季獲利創高", ("dawn-electronics",)),
        ("南山證券將晨光電子目標價由90元調升至120元。", "晨光電子目標價", ("south-hill-securities",)),
        ("電動車被林大中視為下一個大市場。", "電動車", ("lin-da-zhong",)),
        ("北海銀行更悲觀，明年恐陷衰退。", "明年恐陷衰退", ("north-sea-bank",)),
    ],
)
def test_a_cue_with_its_subject_gives_the_speaker(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("晨光電子營收優於市場預期，股價大漲。", "股價大漲"),
        ("（記者陳小月／台北報導）台股收漲百點。", "台股收漲百點"),
        ("林大中原先預估今年成長三成。", "今年成長三成"),
        ("北海銀行的指數小漲。", "小漲"),
    ],
)
def test_what_only_looks_like_a_cue_leaves_the_narrator_speaking(text: str, words: str) -> None:
    assert speakers_of(text, words) == ("author",)


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("林大中表示，出口回溫。他還說，訂單不少。", "訂單不少", ("lin-da-zhong",)),
        ("北海銀行認為，利率太高。該行預估，明年會降。", "明年會降", ("north-sea-bank",)),
        ("林大中說，出口回溫。\n他補充，訂單不少。", "訂單不少", ("lin-da-zhong",)),
        ("林大中說，出口回溫。「訂單不少。」", "訂單不少", ("lin-da-zhong",)),
        ("林大中說，出口回溫。這將帶動就業。", "這將帶動就業", ("lin-da-zhong",)),
        ("統計總署公布，四月出口年增5%。進口年增3%。", "進口年增3%", ("statistics-office",)),
        ("「好戲在後頭。」林大中說。訂單不少。", "訂單不少", ("lin-da-zhong",)),
    ],
)
def test_a_speaker_carries_over(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


def test_a_paragraph_break_gives_the_word_back_to_the_narrator() -> None:
    text = "林大中說，出口回溫。\n這座城市昨夜下雨。"
    assert speakers_of(text, "昨夜下雨") == ("author",)


def test_a_section_headed_by_a_speaker_is_theirs_until_another_is_cited() -> None:
    text = "今天的重點\n外資觀望。\n■林大中:出口回溫\n訂單不少。\n北海銀行認為，訂單太少。\n天氣轉涼。"
    assert speakers_of(text, "出口回溫") == ("lin-da-zhong",)
    assert speakers_of(text, "訂單不少") == ("lin-da-zhong",)
    assert speakers_of(text, "訂單太少") == ("north-sea-bank",)
    assert speakers_of(text, "天氣轉涼") == ("author",)


def test_a_dialogue_gives_each_paragraph_to_its_label() -> None:
    text = "記者：會降息嗎？現在通膨很低。\n林大中：還早。我認為要等明年。"
    assert speakers_of(text, "現在通膨很低") == ("author",)
    assert speakers_of(text, "還早") == ("lin-da-zhong",)
    assert speakers_of(text, "要等明年") == ("lin-da-zhong",)


def test_inside_a_quotation_the_outer_speaker_speaks() -> None:
    text = "林大中說：「陳小月認為利率太高，我不同意。」"
    assert speakers_of(text, "利率太高") == ("lin-da-zhong",)


def test_a_cue_whose_subject_nobody_knows_is_marked_as_unresolved() -> None:
    frame = frame_of("消息靈通的那一邊坦言，貨賣不掉。", "貨賣不掉")
    assert frame is not None
    assert not frame.is_resolved


def test_a_frame_tells_the_kind_of_speech_and_its_cue() -> None:
    text = "林大中說：「利率太高。」"
    frame = frame_of(text, "利率太高")
    assert frame is not None
    assert frame.speech is Speech.DIRECT
    assert frame.cue_span is not None
    assert frame.cue_span.of(text) == "說"


def test_a_cue_may_stand_in_one_category_only() -> None:
    source = (
        "{categories: {say: [說], think: [說]}, masks: [], prepositions: [], records: [], documents: [], figures: [], "
        "takers: [], reasons: [], negated_by: [], formerly: []}"
    )
    with pytest.raises(DomainError, match="cue 說 stands in say and in think") as caught:
        lexicon.parse(source, CueLexicon, name="cues")
    assert caught.value.code == "lexicon.invalid"


def test_the_shipped_lexicons_are_valid() -> None:
    assert "表示" in lexicon.load("cues", CueLexicon).categories["say"]
    assert "該行" in lexicon.load("speakers", SpeakerLexicon).organisation


def test_a_label_in_the_headline_gives_nobody_the_article() -> None:
    text = "台股大跌還能抱嗎？分析師：先別賣\n台股昨天收跌三成。"
    assert speakers_of(text, "台股昨天收跌三成") == ("author",)


def test_a_quotation_behind_a_colon_is_not_given_to_whoever_comes_next() -> None:
    text = "一位地方經理大吐苦水：「庫存太高。」統計總署資料顯示，四月出口增加一成。"
    assert speakers_of(text, "庫存太高") != ("statistics-office",)
    assert speakers_of(text, "四月出口增加一成") == ("statistics-office",)


def test_whoever_is_pointed_at_by_his_employer_is_a_person_and_not_the_employer() -> None:
    text = "林大中昨天演講。這位北海銀行董事長說，利率太高。"
    assert speakers_of(text, "利率太高") == ("lin-da-zhong",)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("北海交易所的工具顯示，九月降息的機率有四成。", "market"),
        ("北海交易所 FedWatch 顯示，九月降息的機率有四成。", "market"),
        ("FedWatch顯示，九月降息的機率有四成。", "market"),
        ("北海交易所顯示，九月降息的機率有四成。", "north-sea-exchange"),
        ("北海銀行的工具顯示，九月降息的機率有四成。", "north-sea-bank"),
    ],
)
def test_the_tool_of_an_exchange_tells_what_the_market_holds(text: str, speaker: str) -> None:
    kinds = [("北海交易所", "north-sea-exchange"), ("北海銀行", "north-sea-bank")]
    tags = [
        ActorTag(span=Span(start=0, end=len(name)), actor_id=actor_id, actor_type=ActorType.ORGANISATION)
        for name, actor_id in kinds
        if text.startswith(name)
    ]
    frame = frame_at(
        find_frames(read(text), ActorLayer(tags=tuple(tags))), Span(start=len(text) - 9, end=len(text) - 1)
    )
    assert frame is not None
    assert frame.speakers == (speaker,)


def test_a_title_in_the_headline_means_whom_the_text_names_by_it_below() -> None:
    text = "董事長：訂單回來了\n北海銀行董事長林大中昨天演講。"
    tag = ActorTag(span=Span(start=17, end=20), actor_id="lin-da-zhong", actor_type=ActorType.PERSON)
    chair = Employment(person_id="lin-da-zhong", employer_id=None, title="董事長", span=Span(start=14, end=17))
    frame = frame_at(find_frames(read(text), ActorLayer(tags=(tag,), employments=(chair,))), Span(start=4, end=9))
    assert frame is not None
    assert frame.speakers == ("lin-da-zhong",)
