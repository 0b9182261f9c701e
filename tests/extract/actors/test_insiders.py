"""Unnamed people who are told apart: actors of their text, no mentions."""

import pytest

from extract.actors import ActorLayer, tag_actors
from extract.reader import best_tagger, reading_of
from extract.regions import locale_of
from schemas.text import Document


def layer(text: str, document_id: str = "one") -> ActorLayer:
    document = Document(document_id=document_id, text=text, locale=locale_of(text))
    return tag_actors(reading_of(document, best_tagger(), None))


def names_in(text: str) -> list[tuple[str, ...]]:
    found = layer(text)
    ids = [tag.actor_id for tag in found.insiders]
    return [tuple(n.text for n in actor.names) for actor in found.actors if actor.actor_id in ids]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一名不願具名的設備商主管透露，訂單喊停。", "一名不願具名的設備商主管"),
        ("一名不願具名的設備商主管透露，訂單喊停。", "設備商主管"),
        ("知情人士透露，談判破裂。", "知情人士"),
        ("財政部官員表示，稅收超前。", "財政部官員"),
        ("財政部官員表示，稅收超前。", "官員"),
        ("嘉義一位花店老闆告訴記者，母親節訂單少了三成。", "嘉義一位花店老闆"),
        ("嘉義一位花店老闆告訴記者，母親節訂單少了三成。", "花店老闆"),
        ("某车企采购负责人说，合同要重签。", "车企采购负责人"),
        ("修車廠老闆抱怨，進貨價漲了兩成。", "修車廠老闆"),
        ("該報引述一名熟悉內情的官員指出，協議下周簽。", "一名熟悉內情的官員"),
        ("兩名不願具名的代表透露，產量不變。", "兩名不願具名的代表"),
        ("一位水電師傅忙著收工。他說，現場缺人。", "水電師傅"),
        ("吳姓股東拿著年報，說話很大聲。", "吳姓股東"),
        ("挪威貿工部長受訪時說，談判還早。", "挪威貿工部長"),
        ("挪威貿工部長受訪時說，談判還早。", "貿工部長"),
        ("荷蘭國防部長說，預算會增加。", "荷蘭國防部長"),
        ("執行長補充，訂單會回來。", "執行長"),
        ("局長匯報，收費由七月起調整。", "局長"),
        ("問：今年接單如何？\n答（董秘）：訂單滿到年底。", "董秘"),
        ("護理師說，病房早就滿了。", "護理師"),
        ("推 nightowl77: 早就漲完了", "nightowl77"),
        ("轉自 @老貓看盤 ：明天會反彈", "老貓看盤"),
        ("查核：網傳「明年起現金作廢」？", "網傳"),
        ("群組流傳一則訊息：「央行要升息三碼。」", "訊息"),
    ],
)
def test_they_are_called_by_the_whole_phrase_and_by_its_nouns(text: str, name: str) -> None:
    (found,) = names_in(text)
    assert name in found


@pytest.mark.parametrize(
    "text",
    [
        "三名官員出席會議。",
        "供應鏈庫存偏高。",
        "官員林大中表示，稅收超前。",
        "網傳砍單的訊息不實。",
        "一名分析師說，股價偏高。",
        "兩名分析師說，股價偏高。",
        "居民說，路還沒修好。",
        "老闆多半會跟你說，明年再談。",
        "挪威貿工部長林德出席會議。挪威貿工部長說，談判還早。",
        "挪威首相說，談判還早。",
        "晟遠執行長林以恩說，訂單很多。執行長補充，訂單會回來。",
        "主席說，會議開始。高志強主席又說，散會。",
        "主席：訂單回來了\n晟遠昨天開股東會。",
        "北海銀行董事長說，利率太高。",
        "Northgate 執行長說，訂單會回來。",
        "挪威貿工部長換人。",
        "有經銷商說，庫存偏高。",
        "財政部有關負責人說，稅收超前。",
        "商務部一位官員說，談判順利。",
        "修車廠老闆娘家住台南。",
        "高盛董事會說，股利不變。",
    ],
)
def test_who_says_nothing_or_has_a_name_or_speaks_for_a_body_is_none(text: str) -> None:
    assert names_in(text) == []


def test_people_of_finance_are_analysts_and_nobody_apart() -> None:
    found = layer("一名外資行交易員透露，客戶在減碼。")
    assert (found.insiders, found.actors) == ((), ())
    assert [tag.actor_id for tag in found.bankers] == ["analysts"]


@pytest.mark.parametrize("text", ["一名外銀的洪姓交易員透露，賣單很多。", "一位基金客戶抱怨，配息縮水。"])
def test_a_surname_tells_people_of_finance_apart_and_customers_are_none(text: str) -> None:
    found = layer(text)
    assert found.bankers == ()
    assert [tag.actor_id for tag in found.insiders] == [found.actors[0].actor_id]


def test_they_are_no_mentions_and_other_people_in_another_document() -> None:
    text = "知情人士透露，談判破裂。"
    first, second = layer(text, "one"), layer(text, "two")
    assert not any(tag.span == first.insiders[0].span for tag in first.tags)
    assert first.insiders[0].actor_id != second.insiders[0].actor_id
    assert first.actors[0].is_provisional


@pytest.mark.parametrize(
    ("text", "government"),
    [
        ("本港按揭息率未變，恒指收低。政府發言人說，差餉會調整。", "hong-kong-government"),
        ("政府發言人表示，補助不會取消，台北股市收高。", "taiwan-government"),
        ("荷蘭政府昨日提案。政府發言人表示，減產不可避免。", "netherlands-government"),
    ],
)
def test_a_spokesman_speaks_for_the_government_named_last_else_for_that_of_the_region(
    text: str, government: str
) -> None:
    found = layer(text)
    assert [tag.actor_id for tag in found.insiders] == [government]
    assert government in {actor.actor_id for actor in found.actors}
    assert not any("發言人" in text[tag.span.start : tag.span.end] for tag in found.tags)
