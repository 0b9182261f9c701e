"""Small graphs of our own, and the changes that make them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from kg.nodes import (
    actor_node,
    claim_node,
    document_node,
    indicator_node,
    observation_node,
    resolution_node,
    verdict_node,
)
from kg.store.protocol import Store
from schemas.actor import Actor, ActorType, Name
from schemas.claim import Attribution, Claim, ClaimKind, Direction, Prediction, Speech, Target
from schemas.evidence import (
    Frequency,
    Indicator,
    Observation,
    Outcome,
    Reason,
    Resolution,
    Verdict,
    VerdictValue,
)
from schemas.graph import Change, Edge, Node, Page, Query, change_of
from schemas.period import Period, PeriodTag, Precision
from schemas.text import Document, Publication, Span

NOON: Final = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def create(*elements: Node | Edge, at: datetime = NOON) -> list[Change]:
    return [change_of(None, element, who="test", why="create", at=at) for element in elements]


def replace(before: Node | Edge, after: Node | Edge, *, at: datetime = NOON) -> Change:
    return change_of(before, after, who="test", why="replace", at=at)


def remove(element: Node | Edge, *, at: datetime = NOON) -> Change:
    return change_of(element, None, who="test", why="remove", at=at)


def document(
    document_id: str = "document-1", *, published: date | None = date(2025, 3, 20), publisher: str | None = "晨報"
) -> Node:
    publication = Publication(title=f"標題{document_id}", publisher=publisher, published=published)
    return document_node(Document(document_id=document_id, text="內文", publication=publication))


def claim(
    claim_id: str,
    text: str = "台股收高",
    *,
    document_id: str = "document-1",
    kind: ClaimKind = ClaimKind.FACT,
    speakers: tuple[str, ...] = ("author",),
    start: int = 0,
    periods: Iterable[Period] = (),
    target: str | None = None,
    window: Period | None = None,
    said_on: date | None = None,
) -> Node:
    prediction = None
    if target is not None:
        kind = ClaimKind.PREDICTION
        subject, _, measure = target.partition(".")
        forecast = Target(target_id=target, subject=subject, measure=measure)
        prediction = Prediction(target=forecast, direction=Direction.UP, window=window)
    return claim_node(
        Claim(
            claim_id=claim_id,
            document_id=document_id,
            span=Span(start=start, end=start + len(text)),
            text=text,
            kind=kind,
            attribution=Attribution(speakers=speakers, speech=Speech.NARRATION),
            sentence_index=start // 10,
            periods=tuple(PeriodTag(span=Span(start=start, end=start), period=period) for period in periods),
            prediction=prediction,
            said_on=said_on,
        )
    )


def worth(claim: Node, check_worthiness: float) -> Node:
    """The claim with a figure of how much it is worth checking."""
    return claim.model_copy(update={"data": {**claim.data, "check_worthiness": check_worthiness}})


def actor(actor_id: str, *names: str) -> Node:
    return actor_node(
        Actor(
            actor_id=actor_id,
            actor_type=ActorType.ORGANISATION,
            names=tuple(Name(text=name, script="zh-Hant") for name in names or (actor_id,)),
        )
    )


def resolution(
    resolution_id: str,
    claim_id: str,
    outcome: Outcome,
    as_of: date = date(2026, 1, 1),
    *,
    due_on: date | None = None,
) -> Node:
    return resolution_node(
        Resolution(
            resolution_id=resolution_id,
            claim_id=claim_id,
            as_of=as_of,
            outcome=outcome,
            reason=Reason.RULE_MET,
            explanation="數據已公布",
            due_on=due_on,
        )
    )


def verdict(verdict_id: str, claim_id: str, value: VerdictValue, as_of: date = date(2026, 1, 1)) -> Node:
    return verdict_node(
        Verdict(verdict_id=verdict_id, claim_id=claim_id, as_of=as_of, value=value, explanation="與公布數字相符")
    )


def indicator(indicator_id: str, *targets: str, forecast_as: str | None = None) -> Node:
    return indicator_node(
        Indicator(
            indicator_id=indicator_id,
            title=indicator_id,
            title_zh=f"指標{indicator_id}",
            unit="%",
            frequency=Frequency.MONTHLY,
            publisher="統計處",
            source_url="https://example.org/series",
            targets=targets,
            forecast_as=forecast_as,
        )
    )


def observation(observation_id: str, indicator_id: str, day: date = date(2025, 3, 31)) -> Node:
    return observation_node(
        Observation(
            observation_id=observation_id,
            indicator_id=indicator_id,
            period_start=day,
            period_end=day,
            value=Decimal("2.5"),
            unit="%",
            released_at=day,
            vintage="first",
            source="統計處",
        )
    )


def days(start: date | None, end: date | None) -> Period:
    return Period(start=start, end=end, precision=Precision.RANGE)


def year(number: int) -> Period:
    return Period(start=date(number, 1, 1), end=date(number, 12, 31), precision=Precision.YEAR)


def ids(page: Page[Node]) -> list[str]:
    return [node.node_id for node in page.items]


def all_pages(store: Store, query: Query) -> list[list[str]]:
    """Read page after page to the end."""
    pages = []
    while True:
        page = store.find(query)
        pages.append(ids(page))
        if page.next_cursor is None:
            return pages
        query = query.model_copy(update={"cursor": page.next_cursor})
