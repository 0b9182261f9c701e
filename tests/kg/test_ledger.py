"""From an extraction to changes and back: nothing lost, nothing twice, nobody mixed up."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kg.ledger import (
    actor_of,
    changes_of_extraction,
    changes_of_observations,
    changes_of_resolutions,
    changes_of_verdicts,
    claim_of,
    document_of,
    indicator_of,
    merged_actor,
    observation_of,
    resolution_of,
    target_of,
    verdict_of,
)
from kg.nodes import indicator_node_id, target_node_id
from kg.store.protocol import Store
from schemas.actor import Actor, ActorTag, ActorType, Employment, Name
from schemas.claim import Attribution, Claim, ClaimKind, Direction, Prediction, Speech, Target, claim_id_of
from schemas.errors import InputError
from schemas.evidence import (
    Frequency,
    Indicator,
    Observation,
    Outcome,
    Reason,
    Resolution,
    Verdict,
    VerdictValue,
    observation_id_of,
)
from schemas.extraction import Extraction
from schemas.graph import Change, EdgeType, Node, NodeLabel
from schemas.period import Period, PeriodTag, Precision
from schemas.quantity import Bound, Quantity, QuantityTag
from schemas.text import Document, Locale, Publication, Span, document_id_of
from tests.contracts.engines import fold
from tests.contracts.fake_store import FakeStore
from tests.contracts.graphs import NOON

TEXT = "早安銀行分析師林大同預估，2026年美國經濟成長1.7%。市場反應冷淡。"
YEAR = Period(start=date(2026, 1, 1), end=date(2026, 12, 31), precision=Precision.YEAR)
GROWTH = Quantity(low=Decimal("1.7"), high=Decimal("1.7"), unit="%", bound=Bound.APPROXIMATE)
BANK = Actor(
    actor_id="morning-bank", actor_type=ActorType.ORGANISATION, names=(Name(text="早安銀行", script="zh-Hant"),)
)
LIN = Actor(
    actor_id="林大同", actor_type=ActorType.PERSON, names=(Name(text="林大同", script="zh-Hant"),), is_provisional=True
)


def document(**publication: object) -> Document:
    known = {"title": "景氣", "publisher": "晨報", "author": "王小明", "published": date(2025, 3, 20)}
    data = Publication.model_validate({**known, **publication})
    return Document(document_id=document_id_of(TEXT, data), text=TEXT, publication=data)


def place(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start=start, end=start + len(part))


def claim(document: Document, part: str, *speakers: str, prediction: Prediction | None = None) -> Claim:
    span = place(part)
    return Claim(
        claim_id=claim_id_of(document.document_id, span),
        document_id=document.document_id,
        span=span,
        text=part,
        kind=ClaimKind.PREDICTION if prediction else ClaimKind.OPINION,
        attribution=Attribution(speakers=speakers, speech=Speech.INDIRECT, cue="預估", cue_span=place("預估")),
        sentence_index=0,
        quantities=(QuantityTag(span=place("1.7%"), quantity=GROWTH, measures="成長"),),
        periods=(PeriodTag(span=place("2026年"), period=YEAR),),
        mentions=("林大同", "morning-bank"),
        prediction=prediction,
        said_on=date(2025, 3, 20),
    )


def extraction(document: Document | None = None, **parts: object) -> Extraction:
    read = document or _DOCUMENT
    forecast = Prediction(
        target=Target(target_id="us.gdp.growth", subject="us", measure="gdp.growth"),
        direction=Direction.LEVEL,
        value=GROWTH,
        window=YEAR,
    )
    whole = Extraction(
        document=read,
        actor_tags=(ActorTag(span=place("林大同"), actor_id="林大同", actor_type=ActorType.PERSON),),
        actors=(BANK, LIN),
        employments=(Employment(person_id="林大同", employer_id="morning-bank", title="分析師", span=place("分析師")),),
        claims=(
            claim(read, "2026年美國經濟成長1.7%", "林大同", prediction=forecast),
            claim(read, "市場反應冷淡", "author", "market"),
        ),
    )
    return whole.model_copy(update=parts)


_DOCUMENT = document()


@pytest.fixture
def store() -> FakeStore:
    return FakeStore(fold)


def record(store: Store, *extractions: Extraction) -> list[Change]:
    changes: list[Change] = []
    for number, read in enumerate(extractions):
        made = changes_of_extraction(read, store, who="test", at=NOON + timedelta(hours=number))
        store.apply(made)
        changes += made
    return changes


def links(store: Store, edge_type: EdgeType) -> set[tuple[str, str]]:
    return {(e.source_id, e.target_id) for e in store.all_edges() if e.edge_type is edge_type}


def test_what_was_read_comes_back_as_it_was(store: FakeStore) -> None:
    read = extraction()
    record(store, read)
    assert document_of(store.node(read.document.document_id)) == read.document
    assert [claim_of(store.node(claim.claim_id)) for claim in read.claims] == list(read.claims)
    assert actor_of(store.node("morning-bank")) == BANK
    assert target_of(store.node(target_node_id("us.gdp.growth"))).measure == "gdp.growth"


def test_edges_say_where_by_whom_of_whom_and_of_what(store: FakeStore) -> None:
    read = extraction()
    record(store, read)
    first, second = (claim.claim_id for claim in read.claims)
    document_id = read.document.document_id
    assert links(store, EdgeType.STATED_IN) == {(first, document_id), (second, document_id)}
    assert links(store, EdgeType.ASSERTED_BY) == {
        (first, "林大同"),
        (second, f"author:{document_id}"),
        (second, "market"),
    }
    assert links(store, EdgeType.MENTIONS) == {(c, a) for c in (first, second) for a in ("林大同", "morning-bank")}
    assert links(store, EdgeType.FORECASTS) == {(first, "target:us.gdp.growth")}
    assert links(store, EdgeType.EMPLOYED_BY) == {("林大同", "morning-bank")}
    assert links(store, EdgeType.PUBLISHED_BY) == {(document_id, "晨報")}


def test_claims_keep_author_as_their_speaker(store: FakeStore) -> None:
    read = extraction()
    record(store, read)
    assert claim_of(store.node(read.claims[1].claim_id)).attribution.speakers == ("author", "market")


def test_reading_an_article_twice_adds_nothing(store: FakeStore) -> None:
    record(store, extraction())
    assert changes_of_extraction(extraction(), store, who="test", at=NOON + timedelta(days=1)) == []


def test_the_author_of_one_article_is_not_the_author_of_another(store: FakeStore) -> None:
    one, two = document(), document(author=None, publisher="晚報")
    record(store, extraction(one), extraction(two))
    assert store.node(f"author:{one.document_id}").caption == "王小明"
    assert store.node(f"author:{two.document_id}").caption == "作者"


def test_an_author_found_in_the_text_is_the_author_of_that_text_alone(store: FakeStore) -> None:
    found = Actor(actor_id="author", actor_type=ActorType.PERSON, names=(Name(text="林大同", script="zh-Hant"),))
    work = Employment(person_id="author", employer_id="morning-bank", title="記者", span=place("分析師"))
    read = extraction(actors=(BANK, LIN, found), employments=(work,))
    mentioning = read.claims[0].model_copy(update={"mentions": ("author",)})
    record(store, read.model_copy(update={"claims": (mentioning,)}))
    author_id = f"author:{read.document.document_id}"
    assert [name.text for name in actor_of(store.node(author_id)).names] == ["王小明", "林大同"]
    assert store.nodes(["author"]) == ()
    assert links(store, EdgeType.MENTIONS) == {(mentioning.claim_id, author_id)}
    assert links(store, EdgeType.EMPLOYED_BY) == {(author_id, "morning-bank")}


def test_two_articles_share_their_actors_and_targets(store: FakeStore) -> None:
    record(store, extraction(), extraction(document(publisher="晚報")))
    counts = store.counts()
    assert counts[NodeLabel.DOCUMENT] == 2
    assert counts[NodeLabel.CLAIM] == 4
    assert counts[NodeLabel.TARGET] == 1
    assert "market" in {node.node_id for node in store.all_nodes()}


def test_an_actor_met_again_by_another_name_gains_it_as_a_change(store: FakeStore) -> None:
    record(store, extraction())
    other = BANK.model_copy(update={"names": (Name(text="早安銀", script="zh-Hant"),)})
    changes = record(store, extraction(document(publisher="晚報"), actors=(other, LIN)))
    (change,) = [c for c in changes if c.element_id == "morning-bank" and c.before is not None]
    assert isinstance(change.before, Node)
    assert actor_of(change.before) == BANK
    assert [name.text for name in actor_of(store.node("morning-bank")).names] == ["早安銀行", "早安銀"]


def test_what_is_certain_replaces_what_is_provisional() -> None:
    certain = LIN.model_copy(
        update={"is_provisional": False, "names": (Name(text="林大同博士", script="zh-Hant"),), "wikidata_id": "Q1"}
    )
    for merged in (merged_actor(LIN, certain), merged_actor(certain, LIN)):
        assert not merged.is_provisional
        assert merged.wikidata_id == "Q1"
        assert [name.text for name in merged.names] == ["林大同博士", "林大同"]


def test_an_actor_known_by_a_tag_alone_gets_a_node_of_its_own(store: FakeStore) -> None:
    record(store, extraction(actors=(BANK,)))
    assert actor_of(store.node("林大同")) == LIN


def test_a_claim_of_an_actor_nobody_describes_is_refused(store: FakeStore) -> None:
    with pytest.raises(InputError) as refused:
        record(store, extraction(actors=(BANK,), actor_tags=()))
    assert refused.value.code == "ledger.actor_unknown"
    assert "林大同" in refused.value.message


def test_a_publisher_that_the_text_names_is_that_actor(store: FakeStore) -> None:
    read = extraction(document(publisher="早安銀行"))
    record(store, read)
    assert links(store, EdgeType.PUBLISHED_BY) == {(read.document.document_id, "morning-bank")}


def test_without_a_publisher_nobody_published_it(store: FakeStore) -> None:
    record(store, extraction(document(publisher=None)))
    assert links(store, EdgeType.PUBLISHED_BY) == set()


def test_titles_gather_on_the_employment_with_the_days_they_were_said(store: FakeStore) -> None:
    span = place("分析師")
    chief = Employment(person_id="林大同", employer_id="morning-bank", title="首席", span=span)
    alone = Employment(person_id="林大同", employer_id=None, title="博士", span=span)
    second = extraction(document(published=date(2025, 9, 1)), employments=(chief, alone))
    record(store, extraction(), second, extraction())
    (edge,) = [e for e in store.edges("林大同") if e.edge_type is EdgeType.EMPLOYED_BY]
    assert edge.data == {
        "title": "首席",
        "said_on": "2025-09-01",
        "titles": ["分析師", "首席"],
        "first_said_on": ["2025-03-20", "2025-09-01"],
        "last_said_on": ["2025-03-20", "2025-09-01"],
    }


def test_an_older_article_read_later_moves_only_the_first_day(store: FakeStore) -> None:
    record(store, extraction(), extraction(document(published=date(2024, 1, 5))))
    (edge,) = [e for e in store.edges("林大同") if e.edge_type is EdgeType.EMPLOYED_BY]
    assert (edge.data["first_said_on"], edge.data["last_said_on"]) == (["2024-01-05"], ["2025-03-20"])
    assert (edge.data["title"], edge.data["said_on"]) == ("分析師", "2025-03-20")


def test_a_title_of_an_undated_article_has_no_day(store: FakeStore) -> None:
    record(store, extraction(document(published=None)))
    (edge,) = [e for e in store.edges("林大同") if e.edge_type is EdgeType.EMPLOYED_BY]
    assert (edge.data["said_on"], edge.data["first_said_on"]) == ("", [""])


def test_a_mainland_article_names_actors_in_simplified_script(store: FakeStore) -> None:
    read = document().model_copy(update={"locale": Locale.MAINLAND})
    record(store, extraction(read))
    assert actor_of(store.node("晨報")).names[0].script == "zh-Hans"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [("標題", "內文", "標題"), (None, "\n  第一行\n第二行", "第一行"), ("長" * 80, "內文", "長" * 23 + "…")],
)
def test_the_caption_of_a_document_is_its_title_or_first_line(
    store: FakeStore, title: str | None, text: str, expected: str
) -> None:
    read = Document(document_id="document-1", text=text, publication=Publication(title=title))
    record(store, Extraction(document=read))
    assert store.node("document-1").caption == expected


def test_a_document_without_a_claim_has_no_author(store: FakeStore) -> None:
    record(store, Extraction(document=document(publisher=None)))
    assert [node.label for node in store.all_nodes()] == [NodeLabel.DOCUMENT]


DAY = date(2025, 3, 27)
YIELD = Indicator(
    indicator_id="us.10y",
    title="10-year yield",
    title_zh="十年期殖利率",
    unit="%",
    frequency=Frequency.DAILY,
    publisher="Treasury",
    source_url="https://example.org/",
    targets=("us.treasury.10y",),
)


def figure(value: str | None = "4.38", indicator_id: str = "us.10y") -> Observation:
    return Observation(
        observation_id=observation_id_of(indicator_id, DAY, DAY, "final"),
        indicator_id=indicator_id,
        period_start=DAY,
        period_end=DAY,
        value=Decimal(value) if value else None,
        unit="%",
        released_at=DAY,
        vintage="final",
        source="Treasury",
    )


def imported(store: Store, *figures: Observation) -> list[Change]:
    return changes_of_observations(figures, store=store, who="test", at=NOON, indicators={"us.10y": YIELD})


def test_figures_come_with_their_series_and_its_targets(store: FakeStore) -> None:
    store.apply(imported(store, figure()))
    assert observation_of(store.node(figure().observation_id)) == figure()
    assert indicator_of(store.node(indicator_node_id("us.10y"))) == YIELD
    assert links(store, EdgeType.OBSERVATION_OF) == {(figure().observation_id, "indicator:us.10y")}
    assert links(store, EdgeType.MEASURED_BY) == {("target:us.treasury.10y", "indicator:us.10y")}


def test_importing_twice_adds_nothing(store: FakeStore) -> None:
    store.apply(imported(store, figure()))
    assert imported(store, figure()) == []


def test_a_figure_never_published_is_kept_as_such(store: FakeStore) -> None:
    store.apply(imported(store, figure(None)))
    node = store.node(figure().observation_id)
    assert observation_of(node).value is None
    assert node.caption == "無數據（2025-03-27）"


def test_a_figure_of_a_series_nobody_describes_is_refused(store: FakeStore) -> None:
    with pytest.raises(InputError) as refused:
        imported(store, figure(indicator_id="xx.unknown"))
    assert refused.value.code == "ledger.indicator_unknown"


def test_our_own_catalogue_describes_its_series(store: FakeStore) -> None:
    known = figure(indicator_id="us.treasury.10y.daily")
    store.apply(changes_of_observations([known], store=store, who="test", at=NOON))
    assert indicator_of(store.node(indicator_node_id("us.treasury.10y.daily"))).frequency is Frequency.DAILY


def test_a_target_that_was_forecast_keeps_its_first_description(store: FakeStore) -> None:
    record(store, extraction())
    before = store.node("target:us.gdp.growth")
    series = YIELD.model_copy(update={"targets": ("us.gdp.growth",)})
    store.apply(changes_of_observations([figure()], store=store, who="t", at=NOON, indicators={"us.10y": series}))
    assert store.node("target:us.gdp.growth") == before


def judged(store: FakeStore) -> tuple[str, Sequence[str]]:
    read = extraction()
    record(store, read)
    store.apply(imported(store, figure()))
    return read.claims[0].claim_id, [figure().observation_id]


def test_a_resolution_names_its_claim_and_its_evidence(store: FakeStore) -> None:
    claim_id, evidence = judged(store)
    resolution = Resolution(
        resolution_id="resolution-1",
        claim_id=claim_id,
        as_of=date(2027, 3, 1),
        outcome=Outcome.FALSE,
        reason=Reason.RULE_FAILED,
        explanation="成長2.1%，高於1.7%",
        observation_ids=tuple(evidence),
    )
    changes = changes_of_resolutions([resolution], store=store, who="test", at=NOON)
    store.apply(changes)
    assert resolution_of(store.node("resolution-1")) == resolution
    assert store.node("resolution-1").caption == "落空（2027-03-01）"
    assert links(store, EdgeType.RESOLVES) == {("resolution-1", claim_id)}
    assert links(store, EdgeType.RESTS_ON) == {("resolution-1", evidence[0])}
    assert changes_of_resolutions([resolution], store=store, who="test", at=NOON + timedelta(days=1)) == []


def test_a_verdict_names_its_claim_and_its_evidence(store: FakeStore) -> None:
    claim_id, evidence = judged(store)
    verdict = Verdict(
        verdict_id="verdict-1",
        claim_id=claim_id,
        as_of=date(2027, 3, 1),
        value=VerdictValue.SUPPORTED,
        explanation="與公布值相符",
        observation_ids=tuple(evidence),
    )
    store.apply(changes_of_verdicts([verdict], store=store, who="test", at=NOON))
    assert verdict_of(store.node("verdict-1")) == verdict
    assert links(store, EdgeType.CHECKS) == {("verdict-1", claim_id)}
    assert links(store, EdgeType.RESTS_ON) == {("verdict-1", evidence[0])}


def test_a_node_of_another_label_is_no_claim(store: FakeStore) -> None:
    record(store, extraction())
    with pytest.raises(InputError) as refused:
        claim_of(store.node("market"))
    assert refused.value.code == "ledger.label"


def test_every_change_says_who_when_and_why(store: FakeStore) -> None:
    changes = changes_of_extraction(extraction(), store, who="reader 1.0", at=NOON)
    assert {(c.who, c.recorded_at) for c in changes} == {("reader 1.0", NOON)}
    assert all(extraction().document.document_id in c.why for c in changes)
