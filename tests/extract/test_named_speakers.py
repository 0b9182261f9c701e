"""Named speakers without a word of saying beside them: figures in lists, reports, roles, who is told of first."""

import pytest

from tests.extract.test_attribution import speakers_of

BANK, BROKER, MAKER = ("north-sea-bank",), ("south-hill-securities",), ("dawn-electronics",)
OFFICE, LIN, CHEN, AUTHOR = ("statistics-office",), ("lin-da-zhong",), ("chen-xiao-yue",), ("author",)


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("北海銀行估今年成長2.9%，南山證券3.1%。", "3.1%", BROKER),
        ("北海銀行预计出口增长4%；南山證券则从3%上调到5%。", "从3%上调到5%", BROKER),
        ("北海銀行料樓價跌5%，南山證券最低，只有3%。", "南山證券最低，只有3%", BROKER),
        ("北海銀行預估晨光電子市占20%，統計總署18%。", "統計總署18%", BANK),
        ("北海銀行估今年成長2%，晨光電子營收年增3%。", "晨光電子營收年增3%", BANK),
    ],
)
def test_forecasts_are_told_one_body_after_the_other(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("統計總署上週公布的失業率為3.4%，街頭看不出來。", "失業率為3.4%", OFFICE),
        ("南山證券给出的目标价是12元。", "目标价是12元", BROKER),
        ("統計總署上週公布的失業率為3.4%。", "統計總署上週公布的失業率為3.4%", AUTHOR),
        ("失業率升到4%，高於統計總署公布的前值3.4%。", "前值3.4%", AUTHOR),
    ],
)
def test_a_figure_is_of_the_body_that_gave_it_out(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("統計總署預測明年成長4%，林大中只抓3.2%。", "3.2%", LIN),
        ("林大中認為景氣不差。北海銀行昨天看3%。", "3%", BANK),
        ("林大中給員工加薪，股價收在30元。", "股價收在30元", AUTHOR),
    ],
)
def test_who_sets_a_figure_speaks(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("統計總署將於週五公布四月物價，菜價漲了5%。", "菜價漲了5%", AUTHOR),
        ("北海銀行拟下月公布重组方案，股价升3%。", "股价升3%", AUTHOR),
        ("林大中認為，統計總署最快下週公布新制，市場會先跌。", "市場會先跌", LIN),
        ("統計總署公布四月物價，菜價漲了5%。", "菜價漲了5%", OFFICE),
    ],
)
def test_what_is_yet_to_be_announced_is_nobodys_words(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("陳小月說，利率太高。林大中聽了不服氣。「還要再升。」", "還要再升", LIN),
        ("陳小月说，利率太高。北海銀行首席林大中算了一笔账。“还要再升。”", "还要再升", LIN),
        ("陳小月說，利率太高。「還要再降。」", "還要再降", CHEN),
        ("陳小月說，利率太高。街上沒有人。「還要再降。」", "還要再降", CHEN),
    ],
)
def test_a_quotation_is_of_the_person_told_of_right_before(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("北海銀行的看法則冷淡得多。出口還要再跌。", "出口還要再跌", BANK),
        ("投行南山證券并不乐观。去库存要到明年。", "去库存要到明年", BROKER),
        ("北海銀行換了新招牌。出口還要再跌。", "出口還要再跌", AUTHOR),
        ("對北海銀行的批評不少。出口還要再跌。", "出口還要再跌", AUTHOR),
    ],
)
def test_a_body_told_to_be_minded_somehow_goes_on(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("北海銀行昨天發表晶片報告，台廠看多。林大中說，庫存仍高。報告最後呼籲，減碼。", "減碼", BANK),
        ("南山證券出具研报，维持买入。晨光電子表示，订单很满。报告还提醒，毛利会降。", "毛利会降", BROKER),
        ("林大中說，庫存仍高。北海銀行認為，訂單回來了。報告指出，毛利會升。", "毛利會升", BANK),
    ],
)
def test_a_report_is_of_who_brought_it_out(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("晨光電子申請補助。統計總署不同意，公司說明，資料下週補齊。", "資料下週補齊", MAKER),
        ("統計總署上週出手。晨光電子股價大跌。當局表示，不會撤回。", "不會撤回", OFFICE),
        ("北海銀行表示，房市會冷。該行預估，明年再跌。", "明年再跌", BANK),
    ],
)
def test_a_role_means_the_sort_of_body_that_has_it(text: str, words: str, speakers: tuple[str, ...]) -> None:
    assert speakers_of(text, words) == speakers


def test_the_house_of_a_signed_column_is_that_of_the_note_on_its_author() -> None:
    text = "統計總署說，出口回溫。本行料日圓再升。\n（作者為北海銀行首席經濟師）"
    assert speakers_of(text, "日圓再升") == BANK
    assert speakers_of(text.partition("\n")[0], "日圓再升") == OFFICE


def test_a_record_is_read_on_over_the_makers_that_it_ranks() -> None:
    text = "根據統計總署資料，手機出貨300萬台。晨光電子以30%市占居冠，北海銀行20%居次，南山證券只有5%。"
    assert speakers_of(text, "南山證券只有5%") == OFFICE
    told = "根據統計總署資料，手機出貨300萬台。晨光電子昨天宣布擴產，股價漲3%。"
    assert speakers_of(told, "股價漲3%") != OFFICE


def test_the_label_of_a_rated_share_is_no_speaker() -> None:
    text = "盤勢\n個股\n晨光電子（2330）：目標價15元，維持買進。\n林大中：利率太高。"
    assert speakers_of(text, "目標價15元") == AUTHOR
    assert speakers_of(text, "利率太高") == LIN


def test_a_country_behind_a_semicolon_announces() -> None:
    text = "北海銀行表示，關稅太高；美國當晚反擊，宣布進口稅加倍。"
    assert speakers_of(text, "進口稅加倍") == ("united-states",)
