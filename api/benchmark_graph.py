"""A graph of any size for `make bench-store`: made-up sentences put together from parts, the same on every run.

Nothing in it is from an article. Speakers are drawn as in the news, few of them often: the k-th actor speaks in
proportion to 1/(k + 10).
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pydantic import JsonValue

from kg.captions import shortened
from kg.nodes import actor_node, document_node, indicator_node, indicator_node_id, target_node, target_node_id
from schemas.actor import Actor, ActorType, Name
from schemas.claim import Target
from schemas.evidence import Frequency, Indicator
from schemas.graph import Change, Edge, EdgeType, Node, NodeLabel, edge_of
from schemas.ids import content_id
from schemas.text import Document, Publication

SEED: Final = 20251125
AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
FIRST_DAY: Final = date(2015, 1, 1)
DAYS: Final = 4000
"""Documents are published on these days from the first on, evenly."""
CLAIMS_A_DOCUMENT: Final = 20
CLAIMS_AN_ACTOR: Final = 200


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


PLACES: Final = _split(
    "東海 北辰 南嶺 西湖 中山 嘉禾 長風 遠洋 大同 信義 和平 仁愛 新營 豐原 金門 澎湖 玉山 雪峰 清水 安平"
)
TRADES: Final = _split("電子 銀行 航運 鋼鐵 紡織 食品 生技 證券 保險 能源 汽車 電信 營建 化工 通路")
BODIES: Final = _split("公司 集團 控股 研究所 公會 投信 基金 實驗室")
CUES: Final = _split("表示 指出 預估 認為 強調 透露 分析 說明 預期 坦言")
SUBJECTS: Final = {
    "tw": "台灣", "us": "美國", "jp": "日本", "eu": "歐元區", "kr": "南韓", "vn": "越南", "in": "印度", "asean": "東協",
}  # fmt: skip
MEASURES: Final = {
    "growth": "經濟成長率", "exports": "出口金額", "retail": "零售銷售", "jobless": "失業率", "cpi": "消費者物價",
    "housing": "房屋開工", "output": "工業生產", "orders": "外銷訂單", "deposit": "存款利率", "yield": "公債殖利率",
}  # fmt: skip
MOVES: Final = _split("將上升至 可望達到 恐下滑到 維持在 已回升到 較上月增加 比去年同期減少 大約是")
REASONS: Final = _split(
    "主因是庫存回補與節慶買氣 受惠於新產線量產 反映運費與原料上漲 因為匯率波動加劇 與市場先前的看法相近 "
    "但仍要看下半年的需求 顯示企業對設備投資保守 低於年初訂下的目標 是三年來的新高 短期內不容易改變"
)
OUTCOMES: Final = ("true", "false", "pending", "unresolvable")
TARGETS: Final = tuple(f"{subject}.{measure}" for subject in SUBJECTS for measure in MEASURES)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the graph is; documents, actors and resolutions follow from the claims.

    Attributes:
        claims: how many, predictions included.
        predictions: of them; every other one gets a resolution.
        edges: of all types; what the rest leaves open are mentions, at most a few for each claim.
    """

    claims: int = 400_000
    predictions: int = 120_000
    edges: int = 1_500_000

    @property
    def documents(self) -> int:
        """How many articles the claims stand in."""
        return max(1, self.claims // CLAIMS_A_DOCUMENT)

    @property
    def actors(self) -> int:
        """How many speak."""
        return max(2, min(self.claims // CLAIMS_AN_ACTOR, len(PLACES) * len(TRADES) * len(BODIES)))

    @property
    def resolutions(self) -> int:
        """How many predictions are resolved."""
        return self.predictions // 2

    @property
    def mentions(self) -> int:
        """How many edges say that a claim mentions somebody."""
        return self.edges - 2 * self.claims - self.predictions - self.resolutions - self.documents - len(TARGETS)


def changes_of(size: Size) -> Iterator[Change]:
    """Yield the changes that make the graph, each node before the edges that name it.

    Example:
        >>> small = Size(claims=100, predictions=30, edges=450)
        >>> changes = list(changes_of(small))
        >>> sum(isinstance(change.after, Edge) for change in changes)
        450
        >>> changes == list(changes_of(small))
        True
    """
    return map(_created, _elements(size))


def _created(element: Node | Edge) -> Change:
    name = element.node_id if isinstance(element, Node) else element.edge_id
    # Validating two million changes of our own making would take longer than loading them.
    return Change.model_construct(
        change_id=content_id("made", name), recorded_at=AT, who="bench", why="made up", before=None, after=element
    )


def _elements(size: Size) -> Iterator[Node | Edge]:
    yield from _catalogue()
    for number, name in zip(range(size.actors), itertools.product(PLACES, TRADES, BODIES), strict=False):
        names = (Name(text="".join(name), script="zh-Hant"),)
        yield actor_node(Actor(actor_id=f"actor-{number}", actor_type=ActorType.ORGANISATION, names=names))
    maker = _Maker(size)
    for number in range(size.documents):
        document = maker.document(number)
        yield document
        yield edge_of(EdgeType.PUBLISHED_BY, document.node_id, f"actor-{number % min(20, size.actors)}")
    for number in range(size.claims):
        yield from maker.claim(number)


def _catalogue() -> Iterator[Node | Edge]:
    for target_id in TARGETS:
        subject, _, measure = target_id.partition(".")
        yield target_node(Target(target_id=target_id, subject=subject, measure=measure))
        title = SUBJECTS[subject] + MEASURES[measure]
        yield indicator_node(
            Indicator(
                indicator_id=target_id,
                title=target_id,
                title_zh=title,
                unit="%",
                frequency=Frequency.MONTHLY,
                publisher="主計處",
                source_url="https://example.org/series",
                targets=(target_id,),
            )
        )
        yield edge_of(EdgeType.MEASURED_BY, target_node_id(target_id), indicator_node_id(target_id))


class _Maker:
    """Draws documents and claims one after the other."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._draw = random.Random(SEED)  # noqa: S311 - sentences are no secret
        self._weights = list(itertools.accumulate(1 / (k + 10) for k in range(size.actors)))

    def document(self, number: int) -> Node:
        """Return the article of this number."""
        title = f"{self._draw.choice(PLACES)}財經日報第{number}期"
        publication = Publication(title=title, publisher=f"財經媒體{number % 20}", published=self._day(number))
        return document_node(Document(document_id=f"document-{number}", text=title, publication=publication))

    def claim(self, number: int) -> Iterator[Node | Edge]:
        """Yield the claim of this number, what it is resolved to, and their edges."""
        size, draw = self._size, self._draw
        claim_id, document = f"claim-{number}", number * size.documents // size.claims
        speaker = draw.choices(range(size.actors), cum_weights=self._weights)[0]
        mentioned = range(_share(number, size.mentions, size.claims))
        mentions = [f"actor-{(speaker + 1 + 7 * k) % size.actors}" for k in mentioned]
        target_id = draw.choice(TARGETS)
        is_prediction = _share(number, size.predictions, size.claims) == 1
        said = _Said(claim_id, f"document-{document}", f"actor-{speaker}", self._day(document))
        yield _claim_node(said, mentions=mentions, target_id=target_id, is_prediction=is_prediction, draw=draw)
        yield edge_of(EdgeType.STATED_IN, claim_id, said.document_id)
        yield edge_of(EdgeType.ASSERTED_BY, claim_id, said.actor_id)
        yield from (edge_of(EdgeType.MENTIONS, claim_id, actor_id) for actor_id in mentions)
        if is_prediction:
            yield edge_of(EdgeType.FORECASTS, claim_id, target_node_id(target_id))
            if _share(number * size.predictions // size.claims, size.resolutions, size.predictions):
                yield from _resolution(said, draw.choice(OUTCOMES))

    def _day(self, document: int) -> date:
        return FIRST_DAY + timedelta(days=document * DAYS // self._size.documents)


@dataclass(frozen=True, slots=True)
class _Said:
    """Where, by whom and when a claim was made."""

    claim_id: str
    document_id: str
    actor_id: str
    on: date


def _claim_node(said: _Said, *, mentions: list[str], target_id: str, is_prediction: bool, draw: random.Random) -> Node:
    """Return the node without making the model first, which would take most of the time; a test reads it back."""
    subject, _, measure = target_id.partition(".")
    figure, year = f"{draw.randrange(1, 2000) / 100}", said.on.year + draw.randrange(3)
    text = (
        f"{draw.choice(PLACES)}{draw.choice(TRADES)}業者{draw.choice(CUES)}，{year}年{SUBJECTS[subject]}"
        f"{MEASURES[measure]}{draw.choice(MOVES)}{figure}%，{draw.choice(REASONS)}"
    )
    period: dict[str, JsonValue] = {"start": f"{year}-01-01", "end": f"{year}-12-31", "precision": "year"}
    quantity: dict[str, JsonValue] = {"low": figure, "high": figure, "unit": "%", "bound": "eq"}
    start = int(said.claim_id.partition("-")[2]) % CLAIMS_A_DOCUMENT * 50
    span: dict[str, JsonValue] = {"start": start, "end": start + len(text)}
    target: JsonValue = {"target_id": target_id, "subject": subject, "measure": measure}
    prediction: JsonValue = {"target": target, "direction": "level", "value": dict(quantity), "window": dict(period)}
    data: dict[str, JsonValue] = {
        "claim_id": said.claim_id, "document_id": said.document_id, "span": span, "text": text,
        "kind": "prediction" if is_prediction else "fact",
        "attribution": {"speakers": [said.actor_id], "speech": "direct", "cue": text[6:8], "cue_span": None},
        "sentence_index": start // 50,
        "quantities": [{"span": dict(span), "quantity": dict(quantity), "role": None, "measures": MEASURES[measure]}],
        "periods": [{"span": dict(span), "period": period}], "mentions": list(mentions),
        "prediction": prediction if is_prediction else None,
        "said_on": said.on.isoformat(), "check_worthiness": round(draw.random(), 3),
    }  # fmt: skip
    return Node.model_construct(node_id=said.claim_id, label=NodeLabel.CLAIM, caption=shortened(text), data=data)


def _resolution(said: _Said, outcome: str) -> Iterator[Node | Edge]:
    resolution_id = content_id("resolution", said.claim_id)
    data: dict[str, JsonValue] = {
        "resolution_id": resolution_id, "claim_id": said.claim_id, "as_of": "2025-12-31", "outcome": outcome,
        "reason": "resolution.rule_met", "explanation": "數據已公布，依規則判定", "rule_id": None,
        "due_on": "2026-02-28" if outcome == "pending" else None, "observation_ids": [], "scores": [],
    }  # fmt: skip
    yield Node.model_construct(node_id=resolution_id, label=NodeLabel.RESOLUTION, caption=outcome, data=data)
    yield edge_of(EdgeType.RESOLVES, resolution_id, said.claim_id)


def _share(number: int, part: int, whole: int) -> int:
    """Return how many of `part` things the number-th of `whole` gets, all shares being as even as can be."""
    return (number + 1) * part // whole - number * part // whole
