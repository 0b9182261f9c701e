"""Which clauses never stand alone, and which only look like it."""

import pytest

from extract.propositions.leaning import leans_ahead, leans_back
from extract.reader import best_tagger, reading_of
from schemas.text import Document


def leans(clause: str) -> bool:
    """Return whether a clause before a comma leans on the next one, its words as the tagger cuts them."""
    document = Document(document_id="d", text=f"{clause}，毛利率會回升。")
    return leans_ahead(reading_of(document, best_tagger(), None), 0, len(clause))


@pytest.mark.parametrize(
    "clause",
    [
        "隨著庫存見底",
        "伴随外资回流",
        "為了守住市占",
        "若匯價失守關卡",
        "油價若再漲一成",
        "他們一旦停手",
        "運價每漲一百美元",
        "透過子公司轉投資",
        "除了面板",
        "扣掉一次性收益",
        "在需求疲弱的環境下",
        "在法說會上",
        "當銀行開始惜售時",
        "待新廠投產後",
        "對散戶而言",
        "以去年出貨量計算",
        "除租金外",
        "更值得留意的是",
        "但隨著庫存見底",
        "財報公布之後",
    ],
)
def test_frames_and_conditions_lean_on_the_next_clause(clause: str) -> None:
    assert leans(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "庫存已經見底",
        "儘管庫存見底",
        "因為庫存見底",
        "出貨量已經落後",
        "目標價隨後調高",
        "尚有若干變數",
        "訂單在下半年回籠",
        "他看好下半年",
        "每股虧損0.5元",
    ],
)
def test_statements_concessions_and_causes_stand_alone(clause: str) -> None:
    assert not leans(clause)


@pytest.mark.parametrize("clause", ["从而推高成本", "而是等客户下单"])
def test_sequels_lean_on_the_clause_before(clause: str) -> None:
    assert leans_back(clause, 0)


def test_other_clauses_do_not_lean_back() -> None:
    assert not leans_back("成本走高", 0)
