"""A small graph for tests: one article with a relayed forecast, a fact, and what became of the forecast."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from schemas.actor import Actor, ActorType, Alias, JudgementValue, Name, judgement_of
from schemas.base import Model
from schemas.checkworthiness import CheckReason, CheckShare
from schemas.claim import (
    Attribution,
    Claim,
    ClaimKind,
    Direction,
    Prediction,
    Probability,
    Speech,
    Target,
    claim_id_of,
)
from schemas.evidence import (
    Frequency,
    Indicator,
    Observation,
    Outcome,
    Reason,
    Resolution,
    Score,
    ScoreRule,
    Verdict,
    VerdictValue,
    observation_id_of,
)
from schemas.explanation import Ground, Origin, Part
from schemas.graph import Edge, EdgeType, Node, NodeLabel, edge_of
from schemas.period import Period, PeriodTag, Precision
from schemas.prediction import (
    Basis,
    FigureBasis,
    Hedge,
    HedgeKind,
    Likelihood,
    LikelihoodLevel,
    Revised,
    Revision,
    WindowOrigin,
)
from schemas.quantity import Bound, Quantity, QuantityTag
from schemas.text import DateBasis, Document, Publication, Span, document_id_of

TEXT: Final = "林經理預估，明年衰退機率約四成。央行去年「按兵不動」，\n重貼現率停在2%。"
PUBLICATION: Final = Publication(
    title='衰退"疑雲"再起', url="https://example.org/a?b=1", publisher="島嶼財經", published=date(2025, 3, 20)
)
DOCUMENT: Final = Document(
    document_id=document_id_of(TEXT, PUBLICATION), text=TEXT, publication=PUBLICATION, published_basis=DateBasis.GIVEN
)
LIN: Final = Actor(
    actor_id="林經理", actor_type=ActorType.PERSON, names=(Name(text="林經理", script="zh-Hant"),), is_provisional=True
)
BANK: Final = Actor(
    actor_id="central-bank-of-taiwan",
    actor_type=ActorType.GOVERNMENT,
    names=(Name(text="央行", script="zh-Hant"), Name(text="CBC", script="en")),
    wikidata_id="Q1053268",
)
TARGET: Final = Target(target_id="us.recession", subject="us", measure="recession")


def place(part: str) -> Span:
    return Span(start=TEXT.index(part), end=TEXT.index(part) + len(part))


YEAR: Final = PeriodTag(
    span=place("明年"), period=Period(start=date(2026, 1, 1), end=date(2026, 12, 31), precision=Precision.YEAR)
)
FORECAST: Final = Claim(
    claim_id=claim_id_of(DOCUMENT.document_id, place("明年衰退機率約四成")),
    document_id=DOCUMENT.document_id,
    span=place("明年衰退機率約四成"),
    text="明年衰退機率約四成",
    kind=ClaimKind.PREDICTION,
    attribution=Attribution(
        speakers=(LIN.actor_id, "author"), speech=Speech.INDIRECT, cue="預估", cue_span=place("預估")
    ),
    sentence_index=0,
    quantities=(
        QuantityTag(
            span=place("約四成"),
            quantity=Quantity(low=Decimal("40.0"), high=Decimal("40.0"), unit="%", bound=Bound.APPROXIMATE),
            measures="衰退機率",
        ),
    ),
    periods=(YEAR,),
    prediction=Prediction(
        target=TARGET,
        direction=Direction.OCCURS,
        probability=Probability(low=Decimal("0.4"), high=Decimal("0.40")),
        window=YEAR.period,
        basis=FigureBasis(basis=Basis.LEVEL, unit="state"),
        revision=Revision(
            revised=Revised.CHANCE,
            old=None,
            new=Quantity(low=Decimal("40.0"), high=Decimal("40.0"), unit="%"),
            is_raised=True,
            span=place("約四成"),
        ),
        likelihood=Likelihood(
            level=LikelihoodLevel.EVEN, low=Decimal("0.45"), high=Decimal("0.55"), span=place("約四成")
        ),
        hedges=(Hedge(kind=HedgeKind.DEGREE, span=place("約")),),
        window_origin=WindowOrigin.STATED,
        condition_target=TARGET,
        condition_value=Quantity(low=Decimal("0.10"), high=Decimal(2), unit="%"),
    ),
    said_on=date(2025, 3, 20),
    explanation=(
        Ground(part=Part.KIND, origin=Origin.MODEL, rule="model", margin=0.613),
        Ground(part=Part.SPEAKER, origin=Origin.CUE, rule="forecast", span=place("預估")),
    ),
    check_worthiness=0.9,
    check_shares=(
        CheckShare(reason=CheckReason.QUANTITY, share=0.4),
        CheckShare(reason=CheckReason.CHECKABLE_KIND, share=0.5),
    ),
)
STATEMENT: Final = Claim(
    claim_id=claim_id_of(DOCUMENT.document_id, place("重貼現率停在2%")),
    document_id=DOCUMENT.document_id,
    span=place("重貼現率停在2%"),
    text="重貼現率停在2%",
    kind=ClaimKind.FACT,
    attribution=Attribution(speakers=("author",), speech=Speech.NARRATION),
    sentence_index=1,
    mentions=(BANK.actor_id,),
    periods=(
        PeriodTag(span=place("去年"), period=Period(start=None, end=date(2024, 12, 31), precision=Precision.RANGE)),
    ),
)
INDICATOR: Final = Indicator(
    indicator_id="USREC", title="Recession", title_zh="美國衰退期", unit="count", frequency=Frequency.MONTHLY,
    publisher="NBER", source_url="https://example.org/usrec", targets=("us.recession",),
)  # fmt: skip
OBSERVATION: Final = Observation(
    observation_id=observation_id_of("USREC", date(2026, 1, 1), date(2026, 12, 31), "final"),
    indicator_id="USREC", period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), value=Decimal(0),
    unit="count", released_at=date(2027, 1, 5), vintage="final", source="made up for this test",
)  # fmt: skip
RESOLUTION: Final = Resolution(
    resolution_id="resolution-1", claim_id=FORECAST.claim_id, as_of=date(2027, 2, 1), outcome=Outcome.FALSE,
    reason=Reason.RULE_FAILED, explanation="窗口內沒有衰退月份", rule_id="event", due_on=date(2027, 1, 5),
    observation_ids=(OBSERVATION.observation_id,),
    scores=(Score(rule=ScoreRule.BRIER, value=Decimal("0.16"), forecast=Decimal("0.4"), outcome=Decimal(0)),),
)  # fmt: skip
VERDICT: Final = Verdict(
    verdict_id="verdict-1", claim_id=STATEMENT.claim_id, as_of=date(2025, 4, 1), value=VerdictValue.SUPPORTED,
    explanation="與公告一致", confidence=Decimal("0.9"),
)  # fmt: skip

JUDGEMENT: Final = judgement_of(
    (LIN.actor_id, BANK.actor_id), JudgementValue.DIFFERENT, who="編輯", why="一人一機關",
    at=datetime(2025, 4, 2, 9, 30, tzinfo=UTC),
)  # fmt: skip
ALIAS: Final = Alias(alias_id="alias-1", actor_id=BANK.actor_id, name=Name(text="貨幣當局", script="zh-Hant"))


def node_of(label: NodeLabel, node_id: str, caption: str, model: Model) -> Node:
    return Node(node_id=node_id, label=label, caption=caption, data=model.model_dump(mode="json"))


def sample_nodes() -> tuple[Node, ...]:
    return (
        node_of(NodeLabel.DOCUMENT, DOCUMENT.document_id, "衰退疑雲再起", DOCUMENT),
        node_of(NodeLabel.CLAIM, FORECAST.claim_id, "明年衰退機率約四成", FORECAST),
        node_of(NodeLabel.CLAIM, STATEMENT.claim_id, "重貼現率停在2%", STATEMENT),
        node_of(NodeLabel.ACTOR, LIN.actor_id, "林經理", LIN),
        node_of(NodeLabel.ACTOR, BANK.actor_id, "央行", BANK),
        node_of(NodeLabel.TARGET, TARGET.target_id, "美國衰退", TARGET),
        node_of(NodeLabel.INDICATOR, INDICATOR.indicator_id, "美國衰退期", INDICATOR),
        node_of(NodeLabel.OBSERVATION, OBSERVATION.observation_id, "2026年：0", OBSERVATION),
        node_of(NodeLabel.RESOLUTION, RESOLUTION.resolution_id, "不成立", RESOLUTION),
        node_of(NodeLabel.VERDICT, VERDICT.verdict_id, "屬實", VERDICT),
        node_of(NodeLabel.JUDGEMENT, JUDGEMENT.judgement_id, "不同", JUDGEMENT),
        node_of(NodeLabel.ALIAS, ALIAS.alias_id, "貨幣當局", ALIAS),
    )


def sample_edges() -> tuple[Edge, ...]:
    return (
        edge_of(EdgeType.STATED_IN, FORECAST.claim_id, DOCUMENT.document_id),
        edge_of(EdgeType.STATED_IN, STATEMENT.claim_id, DOCUMENT.document_id),
        edge_of(EdgeType.ASSERTED_BY, FORECAST.claim_id, LIN.actor_id, position=0),
        edge_of(EdgeType.MENTIONS, STATEMENT.claim_id, BANK.actor_id),
        edge_of(EdgeType.FORECASTS, FORECAST.claim_id, TARGET.target_id),
        edge_of(EdgeType.EMPLOYED_BY, LIN.actor_id, BANK.actor_id, title="經理", span={"start": 1, "end": 3}),
        edge_of(EdgeType.MEASURED_BY, TARGET.target_id, INDICATOR.indicator_id),
        edge_of(EdgeType.OBSERVATION_OF, OBSERVATION.observation_id, INDICATOR.indicator_id),
        edge_of(EdgeType.RESOLVES, RESOLUTION.resolution_id, FORECAST.claim_id),
        edge_of(EdgeType.RESTS_ON, RESOLUTION.resolution_id, OBSERVATION.observation_id),
        edge_of(EdgeType.CHECKS, VERDICT.verdict_id, STATEMENT.claim_id),
        edge_of(EdgeType.JUDGES, JUDGEMENT.judgement_id, JUDGEMENT.first_id),
        edge_of(EdgeType.JUDGES, JUDGEMENT.judgement_id, JUDGEMENT.second_id),
        edge_of(EdgeType.NAMES, ALIAS.alias_id, ALIAS.actor_id),
    )
