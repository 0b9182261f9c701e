"""Finding: each filter alone and together, each order, and pages that hold still."""

from datetime import date

import pytest

from kg.nodes import alias_node, judgement_node
from kg.store.protocol import Store
from schemas.actor import Alias, JudgementValue, Name, judgement_of
from schemas.claim import ClaimKind
from schemas.errors import InputError
from schemas.evidence import Outcome
from schemas.graph import NodeLabel, Order, Query
from tests.contracts.graphs import (
    NOON,
    actor,
    all_pages,
    claim,
    create,
    days,
    document,
    ids,
    remove,
    replace,
    resolution,
    year,
)

CLAIMS = Query(label=NodeLabel.CLAIM)


def claims(**filters: object) -> Query:
    return Query.model_validate({"label": NodeLabel.CLAIM, **filters})


def found(store: Store, **filters: object) -> list[str]:
    return ids(store.find(claims(**filters)))


def test_only_nodes_of_the_label_are_found(store: Store) -> None:
    store.apply(create(document(), claim("claim-1"), actor("ubs")))
    assert ids(store.find(CLAIMS)) == ["claim-1"]
    assert ids(store.find(Query(label=NodeLabel.DOCUMENT))) == ["document-1"]
    assert ids(store.find(Query(label=NodeLabel.VERDICT))) == []


def test_the_kind_of_a_claim(store: Store) -> None:
    store.apply(create(claim("a"), claim("b", kind=ClaimKind.OPINION), claim("c", target="us.gdp")))
    assert found(store, kind=ClaimKind.FACT) == ["a"]
    assert found(store, kind=ClaimKind.OPINION) == ["b"]
    assert found(store, kind=ClaimKind.PREDICTION) == ["c"]


def test_the_document_of_a_claim(store: Store) -> None:
    store.apply(create(claim("a"), claim("b", document_id="document-2")))
    assert found(store, document_id="document-2") == ["b"]


def test_each_of_several_speakers_finds_the_claim(store: Store) -> None:
    store.apply(create(claim("a", speakers=("ubs", "fed")), claim("b", speakers=("fed",))))
    assert found(store, actor_id="ubs") == ["a"]
    assert found(store, actor_id="fed") == ["a", "b"]
    assert found(store, actor_id="nobody") == []


def test_any_of_several_actors_finds_the_claim_once(store: Store) -> None:
    store.apply(create(claim("a", speakers=("ubs", "fed")), claim("b", speakers=("fed",)), claim("c", speakers=("x",))))
    assert found(store, actor_ids=("ubs", "fed")) == ["a", "b"]
    assert found(store, actor_ids=("ubs", "nobody")) == ["a"]
    assert found(store, actor_ids=("nobody",)) == []
    assert found(store, actor_ids=()) == ["a", "b", "c"]
    assert found(store, actor_ids=("fed", "x"), actor_id="ubs") == ["a"]


@pytest.mark.parametrize("order", [Order.ID, Order.PUBLISHED, Order.PUBLISHED_DESCENDING, Order.POSITION])
def test_claims_of_several_actors_come_in_order_page_by_page(store: Store, order: Order) -> None:
    days_of = {"document-1": date(2025, 3, 20), "document-2": date(2025, 3, 19), "document-3": None}
    store.apply(create(*(document(name, published=day) for name, day in days_of.items())))
    names = [(f"claim-{i}", f"document-{i % 3 + 1}", ("ubs", "fed") if i % 2 else ("fed",)) for i in range(9)]
    store.apply(create(*(claim(i, document_id=d, speakers=who, start=9 - n) for n, (i, d, who) in enumerate(names))))
    whole = ids(store.find(claims(order=order)))
    assert [
        i for page in all_pages(store, claims(actor_ids=("ubs", "fed"), order=order, limit=2)) for i in page
    ] == whole
    dated = ids(store.find(claims(order=order, published_from=date(2025, 3, 20))))
    assert found(store, actor_ids=("ubs", "fed"), order=order, published_from=date(2025, 3, 20)) == dated


def test_judgements_and_aliases_are_found_by_whom_they_are_about(store: Store) -> None:
    same = judgement_of(("ubs", "fed"), JudgementValue.SAME, who="editor", why="test", at=NOON)
    alias = Alias(alias_id="alias-1", actor_id="ubs", name=Name(text="瑞銀", script="zh-Hant"))
    store.apply(create(judgement_node(same), alias_node(alias)))
    assert ids(store.find(Query(label=NodeLabel.JUDGEMENT, actor_id="fed"))) == [same.judgement_id]
    assert ids(store.find(Query(label=NodeLabel.JUDGEMENT, actor_id="boj"))) == []
    assert ids(store.find(Query(label=NodeLabel.ALIAS, actor_id="ubs"))) == ["alias-1"]


def test_the_author_in_general_and_the_author_of_one_document(store: Store) -> None:
    store.apply(create(claim("a"), claim("b", document_id="document-2"), claim("c", speakers=("ubs",))))
    assert found(store, actor_id="author") == ["a", "b"]
    assert found(store, actor_id="author:document-2") == ["b"]


def test_the_publisher_of_the_document(store: Store) -> None:
    store.apply(create(document(), document("document-2", publisher="晚報")))
    store.apply(create(claim("a"), claim("b", document_id="document-2"), claim("c", document_id="document-3")))
    assert found(store, publisher="晚報") == ["b"]
    assert ids(store.find(Query(label=NodeLabel.DOCUMENT, publisher="晨報"))) == ["document-1"]


def test_a_target_and_what_lies_below_it(store: Store) -> None:
    names = ("us.gdp", "us.gdp.growth", "us.gdpx", "us.gd", "us.gdp-nominal")
    store.apply(create(*(claim(name, target=name) for name in names), claim("none")))
    assert found(store, target_id="us.gdp") == ["us.gdp", "us.gdp.growth"]
    assert found(store, target_id="us.gdp.growth") == ["us.gdp.growth"]
    assert len(found(store, target_id="us")) == 5


@pytest.mark.parametrize("wildcard", ["%", "_s.gdp", "us*", "*", "us.gdp%"])
def test_a_filter_knows_no_wildcards(store: Store, wildcard: str) -> None:
    store.apply(create(claim("a", target="us.gdp"), document(publisher="us")))
    assert found(store, target_id=wildcard) == []
    assert found(store, publisher=wildcard) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2025, 1, 1), None, ["y2025", "y2026"]),
        (None, date(2024, 12, 31), ["y2024"]),
        (date(2025, 6, 1), date(2025, 6, 30), ["y2025"]),
        (date(2024, 12, 31), date(2025, 1, 1), ["y2024", "y2025"]),
        (date(2027, 1, 1), None, []),
    ],
)
def test_periods_are_found_where_they_overlap(
    store: Store, first: date | None, last: date | None, expected: list[str]
) -> None:
    store.apply(create(*(claim(f"y{n}", periods=[year(n)]) for n in (2024, 2025, 2026)), claim("none")))
    assert found(store, period_from=first, period_to=last) == expected


def test_an_open_period_reaches_on(store: Store) -> None:
    store.apply(create(claim("since", periods=[days(date(2020, 1, 1), None)])))
    store.apply(create(claim("until", periods=[days(None, date(2020, 1, 1))])))
    assert found(store, period_from=date(2099, 1, 1)) == ["since"]
    assert found(store, period_to=date(1999, 1, 1)) == ["until"]


def test_two_periods_do_not_cover_what_lies_between(store: Store) -> None:
    store.apply(create(claim("a", periods=[year(2010), year(2025)])))
    assert found(store, period_from=date(2015, 1, 1), period_to=date(2016, 1, 1)) == []
    assert found(store, period_from=date(2010, 6, 1), period_to=date(2010, 6, 1)) == ["a"]


def test_the_window_of_a_prediction_is_one_of_its_periods(store: Store) -> None:
    store.apply(create(claim("a", target="us.gdp", window=year(2026))))
    assert found(store, period_from=date(2026, 3, 1), period_to=date(2026, 3, 1)) == ["a"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2025, 2, 1), None, ["b", "c"]),
        (None, date(2025, 2, 1), ["a", "b"]),
        (date(2025, 2, 1), date(2025, 2, 1), ["b"]),
        (None, None, ["a", "b", "c", "d"]),
    ],
)
def test_the_publication_date_of_the_document(
    store: Store, first: date | None, last: date | None, expected: list[str]
) -> None:
    for name, month in (("a", 1), ("b", 2), ("c", 3)):
        store.apply(create(document(f"document-{name}", published=date(2025, month, 1))))
        store.apply(create(claim(name, document_id=f"document-{name}")))
    store.apply(create(document("document-d", published=None), claim("d", document_id="document-d")))
    assert found(store, published_from=first, published_to=last) == expected


def test_a_claim_takes_over_the_publication_of_a_document_that_comes_later(store: Store) -> None:
    store.apply(create(claim("a")))
    assert found(store, publisher="晨報") == []
    store.apply(create(document()))
    assert found(store, publisher="晨報", published_from=date(2025, 3, 20)) == ["a"]


def test_a_corrected_publication_is_handed_down_to_the_claims(store: Store) -> None:
    before, after = document(), document(published=date(2025, 3, 21), publisher="晚報")
    store.apply(create(before, claim("a")))
    store.apply([replace(before, after)])
    assert found(store, publisher="晨報") == []
    assert found(store, publisher="晚報", published_from=date(2025, 3, 21)) == ["a"]


def test_claims_of_a_removed_document_have_no_publication(store: Store) -> None:
    store.apply(create(document(), claim("a")))
    store.apply([remove(document())])
    assert found(store, publisher="晨報") == []
    assert found(store) == ["a"]


def test_claims_of_what_is_no_document_any_more_have_no_publication(store: Store) -> None:
    store.apply(create(document(), claim("a")))
    store.apply([replace(document(), document().model_copy(update={"label": NodeLabel.VERDICT}))])
    assert found(store, publisher="晨報") == []


def test_resolutions_by_claim_and_by_outcome(store: Store) -> None:
    store.apply(create(resolution("r1", "claim-1", Outcome.TRUE), resolution("r2", "claim-2", Outcome.FALSE)))
    assert ids(store.find(Query(label=NodeLabel.RESOLUTION, claim_id="claim-2"))) == ["r2"]
    assert ids(store.find(Query(label=NodeLabel.RESOLUTION, outcome="true"))) == ["r1"]


def test_resolutions_are_ordered_by_the_day_they_judge(store: Store) -> None:
    store.apply(create(resolution("r1", "c", Outcome.TRUE, date(2026, 2, 1))))
    store.apply(create(resolution("r2", "c", Outcome.PENDING, date(2026, 1, 1))))
    assert ids(store.find(Query(label=NodeLabel.RESOLUTION, order=Order.PUBLISHED))) == ["r2", "r1"]


def test_all_filters_must_hold(store: Store) -> None:
    store.apply(create(document(), document("document-2", publisher="晚報")))
    wanted = claim("a", "經濟成長放緩", speakers=("ubs",), target="us.gdp", window=year(2026))
    others = (
        claim("b", "經濟成長放緩", speakers=("fed",), target="us.gdp", window=year(2026)),
        claim("c", "經濟成長放緩", speakers=("ubs",), target="tw.gdp", window=year(2026)),
        claim("d", "經濟成長放緩", speakers=("ubs",), target="us.gdp", window=year(2024)),
        claim("e", "經濟成長放緩", speakers=("ubs",), target="us.gdp", window=year(2026), document_id="document-2"),
        claim("f", "物價上漲", speakers=("ubs",), target="us.gdp", window=year(2026)),
        claim("g", "經濟成長放緩", speakers=("ubs",), periods=[year(2026)]),
    )
    store.apply(create(wanted, *others))
    query = claims(
        actor_id="ubs", kind=ClaimKind.PREDICTION, document_id="document-1", claim_id="a", publisher="晨報",
        target_id="us", period_from=date(2026, 1, 1), period_to=date(2026, 12, 31), published_from=date(2025, 3, 1),
        published_to=date(2025, 3, 31), text="成長",
    )  # fmt: skip
    assert ids(store.find(query)) == ["a"]
    assert ids(store.find(query.model_copy(update={"claim_id": None}))) == ["a"]


def test_a_changed_claim_is_found_as_it_is_now(store: Store) -> None:
    before = claim("a", "台股收高", speakers=("ubs",), target="us.gdp", window=year(2026))
    after = claim("a", "台股收低", speakers=("fed",), periods=[year(2024)])
    store.apply(create(before))
    store.apply([replace(before, after)])
    for filters in ({"actor_id": "ubs"}, {"target_id": "us"}, {"text": "收高"}, {"period_from": date(2026, 1, 1)}):
        assert found(store, **filters) == []
    for filters in ({"actor_id": "fed"}, {"kind": "fact"}, {"text": "收低"}, {"period_to": date(2024, 1, 1)}):
        assert found(store, **filters) == ["a"]


def test_a_removed_claim_is_not_found(store: Store) -> None:
    gone = claim("a", "台股收高", speakers=("ubs",), periods=[year(2026)])
    store.apply(create(gone))
    store.apply([remove(gone)])
    for filters in ({}, {"actor_id": "ubs"}, {"text": "收高"}, {"period_from": date(2026, 1, 1)}):
        assert found(store, **filters) == []


def three_dated(store: Store) -> None:
    for name, day in (("x", date(2025, 2, 1)), ("y", None), ("z", date(2025, 1, 1))):
        store.apply(create(document(f"document-{name}", published=day)))
        store.apply(create(*(claim(f"{name}{n}", document_id=f"document-{name}") for n in (2, 1))))


def test_the_default_order_is_by_id(store: Store) -> None:
    three_dated(store)
    assert found(store) == ["x1", "x2", "y1", "y2", "z1", "z2"]


def test_by_publication_the_undated_come_first_and_ties_are_broken_by_id(store: Store) -> None:
    three_dated(store)
    assert found(store, order=Order.PUBLISHED) == ["y1", "y2", "z1", "z2", "x1", "x2"]


def test_newest_first_is_the_whole_order_reversed(store: Store) -> None:
    three_dated(store)
    assert found(store, order=Order.PUBLISHED_DESCENDING) == ["x2", "x1", "z2", "z1", "y2", "y1"]


def test_position_is_the_order_of_the_text(store: Store) -> None:
    places = (("c", 5), ("b", 100), ("d", 20), ("a", 20))
    store.apply(create(*(claim(name, start=start) for name, start in places)))
    store.apply(create(claim("0", document_id="document-2"), claim("e", document_id="document-0", start=999)))
    assert found(store, order=Order.POSITION) == ["e", "c", "a", "d", "b", "0"]
    assert found(store, order=Order.POSITION, document_id="document-1") == ["c", "a", "d", "b"]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("limit", [1, 2, 4, 5])
def test_pages_hold_every_item_once_in_order(store: Store, order: Order, limit: int) -> None:
    three_dated(store)
    whole = found(store, order=order)
    pages = all_pages(store, claims(order=order, limit=limit))
    assert [name for page in pages for name in page] == whole
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)


def test_the_last_page_has_no_cursor(store: Store) -> None:
    store.apply(create(*(claim(name) for name in "abcd")))
    assert store.find(claims(limit=4)).next_cursor is None
    first = store.find(claims(limit=2))
    assert first.next_cursor is not None
    assert store.find(claims(limit=2, cursor=first.next_cursor)).next_cursor is None


@pytest.mark.parametrize("order", list(Order))
def test_pages_neither_repeat_nor_lose_what_stays_while_others_write(store: Store, order: Order) -> None:
    store.apply(create(*(claim(f"m{n}", start=n) for n in range(6))))
    query = claims(order=order, limit=2)
    page = store.find(query)
    seen = ids(page)
    written = 0
    while page.next_cursor is not None:
        written += 1
        store.apply(create(claim(f"a{written}", start=0), claim(f"z{written}", start=99)))
        page = store.find(query.model_copy(update={"cursor": page.next_cursor}))
        seen += ids(page)
    assert len(seen) == len(set(seen))
    assert {f"m{n}" for n in range(6)} <= set(seen)


def test_a_page_goes_on_where_its_last_item_was_even_if_that_is_gone(store: Store) -> None:
    nodes = [claim(name) for name in "abcd"]
    store.apply(create(*nodes))
    page = store.find(claims(limit=2))
    store.apply([remove(nodes[1])])
    assert found(store, limit=2, cursor=page.next_cursor) == ["c", "d"]


def test_the_size_of_pages_may_change_on_the_way(store: Store) -> None:
    store.apply(create(*(claim(name) for name in "abcd")))
    page = store.find(claims(limit=1))
    assert found(store, limit=3, cursor=page.next_cursor) == ["b", "c", "d"]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ClaimKind.FACT},
        {"order": Order.PUBLISHED},
        {"label": NodeLabel.ACTOR},
        {"text": "台"},
        {"actor_id": "x"},
        {"actor_ids": ("x",)},
    ],
    ids=["kind", "order", "label", "text", "actor", "actors"],
)
def test_a_cursor_of_another_query_is_refused(store: Store, change: dict[str, object]) -> None:
    store.apply(create(*(claim(name) for name in "abcd")))
    cursor = store.find(claims(limit=2)).next_cursor
    with pytest.raises(InputError) as refused:
        store.find(claims(**{"limit": 2, "cursor": cursor, **change}))
    assert refused.value.code == "store.cursor"


@pytest.mark.parametrize(
    "made_up", ["", "a", "claim-1", "====", "聯準會", "AAAAAAAAAAAAAAAAAAAAAAAA", "x" * 5000, "\x00"]
)
def test_a_made_up_cursor_is_refused(store: Store, made_up: str) -> None:
    with pytest.raises(InputError) as refused:
        store.find(claims(cursor=made_up))
    assert refused.value.code == "store.cursor"


def test_a_cursor_with_any_character_altered_is_refused(store: Store) -> None:
    store.apply(create(*(claim(name) for name in "abcd")))
    cursor = store.find(claims(limit=2)).next_cursor or ""
    for place, character in enumerate(cursor):
        altered = cursor[:place] + ("A" if character != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(InputError):
            store.find(claims(limit=2, cursor=altered))


def test_half_a_character_in_a_filter_is_refused(store: Store) -> None:
    for filters in ({"publisher": "\ud800"}, {"actor_ids": ("ubs", "\ud800")}):
        with pytest.raises(InputError) as refused:
            store.find(claims(**filters))
        assert refused.value.code == "store.text_malformed"


def test_nodes_come_in_the_order_asked_and_once(store: Store) -> None:
    store.apply(create(actor("a"), actor("b")))
    assert [node.node_id for node in store.nodes(["b", "nobody", "a", "b"])] == ["b", "a"]
    assert store.nodes([]) == ()


def test_labels_are_counted(store: Store) -> None:
    store.apply(create(document(), claim("a"), claim("b")))
    assert store.counts() == {NodeLabel.CLAIM: 2, NodeLabel.DOCUMENT: 1}
