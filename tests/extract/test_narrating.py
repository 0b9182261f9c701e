"""Where reported speech stops inside a sentence, and which cues tell of no words at all."""

import pytest

from tests.extract.test_attribution import speakers_of

AUTHOR = ("author",)
LIN = ("lin-da-zhong",)
BANK = ("north-sea-bank",)
OFFICE = ("statistics-office",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("林大中年初預估，鋼價全年上漲兩成，結果只漲了3%。", "結果只漲了3%"),
        ("北海銀行去年預期，金價年底見2,500美元，實際只到2,210美元。", "實際只到2,210美元"),
        ("林大中兩年前說過，油輪運價會跌回谷底，後來一路漲到今年春天。", "後來一路漲到今年春天"),
        ("林大中去年說過，鎳價要跌到一萬元，當時庫存剛破紀錄。", "當時庫存剛破紀錄"),
    ],
)
def test_what_came_of_a_forecast_is_told_by_the_narrator(text: str, words: str) -> None:
    assert speakers_of(text, words) == AUTHOR


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("林大中坦承，他曾預測銅價會跌，結果漲了一成。", "結果漲了一成", LIN),
        ("林大中警告，貿然升息，結果會是房市先垮。", "結果會是房市先垮", LIN),
        ("林大中說，物價漲太快，實際利率仍是負的。", "實際利率仍是負的", LIN),
        ("林大中認為，過去資金便宜，如今每一分錢都要算利息。", "如今每一分錢都要算利息", LIN),
    ],
)
def test_a_speaker_tells_himself_what_he_learned(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("晨光電子宣布，明年擴產三成，股價應聲漲停。", "股價應聲漲停"),
        ("林大中表示，利率还要再升，沪指午后随即走低。", "沪指午后随即走低"),
        ("林大中說，利率短期不變，隔天恒指急挫600點；成交倍增。", "隔天恒指急挫600點"),
        ("北海銀行稱，準備金不足，外界一片嘩然。", "外界一片嘩然"),
        ("林大中說，關稅下月上路，美元指數隨後跌破98。", "美元指數隨後跌破98"),
    ],
)
def test_the_reaction_of_prices_and_the_public_is_told_by_the_narrator(text: str, words: str) -> None:
    assert speakers_of(text, words) == AUTHOR


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("林大中認為，訂單能見度高，股價有機會再漲一成。", "股價有機會再漲一成"),
        ("林大中警告，若油價破百，美股恐再跌一成。", "美股恐再跌一成"),
        ("林大中指出，联储降息，美股昨晚收红，A股本周可望补涨。", "A股本周可望补涨"),
    ],
)
def test_a_price_that_is_forecast_stays_with_who_forecasts_it(text: str, words: str) -> None:
    assert speakers_of(text, words) == LIN


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("統計總署公布，三月零售額增2.1%，低於市場預期的3%；扣除汽車後增1.4%。", "低於市場預期的3%", AUTHOR),
        ("統計總署公布，三月零售額增2.1%，低於市場預期的3%；扣除汽車後增1.4%。", "扣除汽車後增1.4%", OFFICE),
        ("统计总署公布，六月社零同比增4%，略好于预期。", "略好于预期", AUTHOR),
        ("北海銀行把明年成長率預測調高到3.4%，是半年來第三次上修。", "是半年來第三次上修", AUTHOR),
        ("南山證券把目標價降到45元，比現價低了兩成。", "比現價低了兩成", AUTHOR),
        ("北海銀行估明年成長2.8%，較三月的預測低0.4個百分點。", "較三月的預測低0.4個百分點", AUTHOR),
        ("统计总署把小麦产量上调到9亿吨，但仍低于北海银行给出的9.4亿吨。", "低于北海银行给出的9.4亿吨", AUTHOR),
        ("統計總署公布，失業率升到5.2%，是五年來最高。", "是五年來最高", OFFICE),
        ("統計總署公布，五月出口衰退4%，較四月再少2個百分點。", "較四月再少2個百分點", OFFICE),
    ],
)
def test_a_comparison_that_no_record_of_theirs_states_is_the_narrators(
    text: str, words: str, speakers: tuple[str, ...]
) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("林大中只說會配合調查，未透露交易細節。", "未透露交易細節", AUTHOR),
        ("林大中表示，合并正在洽谈，但拒绝透露价格。", "拒绝透露价格", AUTHOR),
        ("林大中批評，方案只喊口號，沒有一條碰到稅制。", "沒有一條碰到稅制", LIN),
        ("林大中说，需求还没有恢复。", "需求还没有恢复", LIN),
    ],
)
def test_what_somebody_does_not_answer_is_told_by_the_narrator(
    text: str, words: str, speakers: tuple[str, ...]
) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("統計總署將於本月18日公布第二季國民所得；新車展同日開幕。", "新車展同日開幕", AUTHOR),
        ("统计总署下周二才公布七月物价，不过油价已连跌三周。", "油价已连跌三周", AUTHOR),
        ("晨光電子預計 4 月 22 日公布首季財報。", "4 月 22 日公布首季財報", AUTHOR),
        ("修正案上月已獲統計總署通過，補助六月起發放。", "補助六月起發放", AUTHOR),
        ("統計總署18日公布，第二季經濟成長3%。", "第二季經濟成長3%", OFFICE),
        ("北海銀行預計，統計總署公布的數字會達到4%。", "統計總署公布的數字會達到4%", BANK),
        ("北海銀行預測明年成長3%，該行將於八月再更新。", "該行將於八月再更新", AUTHOR),
    ],
)
def test_what_is_yet_to_be_published_is_said_by_nobody(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


def test_a_sentence_on_a_figure_that_was_given_is_the_narrators() -> None:
    text = "統計總署指出，空屋共有90萬戶。這個數字聽來嚇人。"
    assert speakers_of(text, "聽來嚇人") == AUTHOR
    assert speakers_of("林大中說，空屋太多。這將壓低房價。", "壓低房價") == LIN


def test_a_central_bank_that_moves_its_own_rate_says_nothing_by_it() -> None:
    assert speakers_of("北海銀行將政策利率目標由2%調升至2.5%。", "由2%調升至2.5%") == AUTHOR
    assert speakers_of("北海銀行將政策利率預測由2%調升至2.5%。", "由2%調升至2.5%") == BANK


def test_a_columnist_answers_whom_he_quotes() -> None:
    text = "我存股十年。我看過三次崩盤。林大中說，股市還會再跌，我不這麼想。我照買。"
    assert speakers_of(text, "我不這麼想") == AUTHOR
    assert speakers_of("林大中說：股市還會再跌，我不這麼想。", "我不這麼想") == LIN


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("北海銀行指出，今年景氣放緩；該行三月曾預期成長4%，如今只剩2%。", "該行三月曾預期成長4%", AUTHOR),
        ("统计总署公布，上半年出口增5%；该署年初曾预计下降2%。", "该署年初曾预计下降2%", AUTHOR),
        ("林大中說，油價偏高；他估計明年回落到70美元。", "明年回落到70美元", LIN),
    ],
)
def test_a_former_forecast_in_a_part_of_its_own_is_told_by_the_narrator(
    text: str, words: str, speakers: tuple[str, ...]
) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("林大中\n他看好航運股。以上資料不構成任何投資建議，請自行判斷。", "不構成任何投資建議", AUTHOR),
        ("林大中说，反弹还没结束。市场有风险，入市须谨慎。", "入市须谨慎", AUTHOR),
        ("林大中說，市場仍有風險，反彈還沒確立。", "市場仍有風險", LIN),
    ],
)
def test_a_disclaimer_is_nobodys_opinion(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("立法會審議預算。北海銀行展望明年，出口將回溫。", "出口將回溫", BANK),
        ("北海銀行月底更新展望，屆時納入關稅。", "屆時納入關稅", AUTHOR),
    ],
)
def test_an_outlook_is_a_cue_only_as_a_verb(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("林大中：基層才知道痛\n■林大中\n補助發太慢。業界反應兩極。他主張一次發完。", "業界反應兩極", AUTHOR),
        ("林大中回應，六月會再開會。", "六月會再開會", LIN),
        ("北海銀行估今年成長3%，九月再更新。", "九月再更新", AUTHOR),
    ],
)
def test_the_narrator_has_the_place_where_both_begin(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("林大中說，房市明年止跌；北海銀行則更悲觀，認為還要跌一成。", "北海銀行則更悲觀", AUTHOR),
        ("林大中說，房市明年止跌；北海銀行則更悲觀，認為還要跌一成。", "還要跌一成", BANK),
        ("林大中说，出口已经见底。北海银行却保守得多，说还要等两个季度。", "北海银行却保守得多", AUTHOR),
        ("林大中說，企業今年投資很保守，明年才會好。", "企業今年投資很保守", LIN),
    ],
)
def test_how_the_next_speaker_is_minded_is_not_said_by_the_one_before(
    text: str, words: str, speakers: tuple[str, ...]
) -> None:
    assert speakers_of(text, words) == speakers
