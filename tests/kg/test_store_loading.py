"""A store filled in bulk is the store that applying the same changes makes, and appears whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from kg.store.loading import CHUNK, load_sqlite
from kg.store.sqlite import open_sqlite
from kg.store.state import stored_form
from kg.store.verifying import verify
from schemas.errors import KaozhengError
from schemas.evidence import Outcome, VerdictValue
from schemas.graph import Applied, Change, EdgeType, Node, NodeLabel, Query, edge_of
from tests.contracts.engines import fold
from tests.contracts.graphs import (
    NOON,
    actor,
    claim,
    create,
    document,
    indicator,
    observation,
    remove,
    replace,
    resolution,
    verdict,
    year,
)

STATED = edge_of(EdgeType.STATED_IN, "claim-1", "document-1")
FORECAST = claim("claim-1", "聯準會降息", speakers=("ubs", "author"), target="us.gdp", window=year(2026))
LATER = NOON + timedelta(hours=1)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def changes() -> list[Change]:
    """All that can be in a log: made, changed, removed, back again; documents and claims in either order."""
    changed = claim("claim-1", "聯準會升息", speakers=("fed",), periods=[year(2024), year(2025)], target="us.cpi")
    return [
        *create(verdict("v-1", "claim-2", VerdictValue.MIXED), claim("claim-2", document_id="document-2")),
        *create(document(), FORECAST, actor("ubs", "瑞銀"), STATED, document("document-2", publisher="晚報")),
        *create(resolution("r-1", "claim-1", Outcome.PENDING, due_on=date(2026, 3, 1)), claim("claim-3")),
        *create(indicator("cpi", "us.cpi"), observation("o-1", "cpi")),
        replace(FORECAST, changed),
        replace(document(), document(publisher="午報", published=date(2025, 3, 21))),
        remove(actor("ubs", "瑞銀")),
        *create(actor("gone")),
        remove(actor("gone")),
        remove(STATED),
        *create(STATED, at=LATER),
        *create(actor("ubs", "瑞士銀行")),
        *create(claim("orphan", document_id="nowhere")),
        *create(resolution("r-2", "claim-1", Outcome.TRUE, date(2026, 3, 2))),
    ]


def state_of(path: Path) -> tuple[object, ...]:
    with open_sqlite(path, fold=fold, read_only=True) as store:
        queries = [
            Query(label=NodeLabel.CLAIM, text="联准会"),
            Query(label=NodeLabel.CLAIM, outcome="true"),
            Query(label=NodeLabel.CLAIM, publisher="午報"),
            Query(label=NodeLabel.CLAIM, actor_id="fed"),
            Query(label=NodeLabel.CLAIM, period_from=date(2025, 1, 1)),
        ]
        found = [store.find(query) for query in queries]
        return list(store.log()), list(store.all_nodes()), list(store.all_edges()), found


@pytest.mark.parametrize("apart_from", [1, 1000], ids=["apart", "here"])
def test_a_bulk_load_makes_what_applying_makes(tmp_path: Path, apart_from: int) -> None:
    with open_sqlite(tmp_path / "applied.db", fold=fold) as store:
        applied = store.apply(changes())
    assert load_sqlite(tmp_path / "loaded.db", changes(), fold=fold, apart_from=apart_from) == applied
    assert state_of(tmp_path / "loaded.db") == state_of(tmp_path / "applied.db")
    assert verify(tmp_path / "loaded.db", fold=fold).problems == []


def test_what_is_known_already_is_counted_and_not_logged(tmp_path: Path) -> None:
    twice = [*changes(), *changes()[:2], *create(claim("claim-3"), at=LATER)]
    assert load_sqlite(tmp_path / "a.db", twice, fold=fold) == Applied(
        applied=len(changes()), known=3, last_sequence=len(changes())
    )
    assert verify(tmp_path / "a.db", fold=fold).problems == []


def test_a_loaded_store_goes_on_like_any_other(tmp_path: Path) -> None:
    load_sqlite(tmp_path / "a.db", changes(), fold=fold)
    with open_sqlite(tmp_path / "a.db", fold=fold) as store:
        store.apply([replace(claim("claim-3"), claim("claim-3", "美股收低"))])
        assert [node.node_id for node in store.find(Query(label=NodeLabel.CLAIM, text="收低")).items] == ["claim-3"]
        with pytest.raises(KaozhengError):
            store.apply(create(actor("ubs", "另一家")))
    assert verify(tmp_path / "a.db", fold=fold).problems == []


def test_a_load_has_the_tables_and_indexes_of_any_store(tmp_path: Path) -> None:
    load_sqlite(tmp_path / "loaded.db", changes(), fold=fold)
    open_sqlite(tmp_path / "made.db", fold=fold).close()
    assert schema_of(tmp_path / "loaded.db") == schema_of(tmp_path / "made.db")


def schema_of(path: Path) -> list[tuple[str, str]]:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        return sorted(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (create(STATED), "store.node_unknown"),
        ([*create(document()), *create(document(publisher="晚報"))], "store.conflict"),
        ([replace(document(), document(publisher="晚報"))], "store.conflict"),
        ([*create(document(), FORECAST, STATED), remove(document())], "store.node_linked"),
        (create(actor("a\0b")), "store.id_malformed"),
        ([*create(actor(STATED.edge_id), document(), FORECAST), replace(actor(STATED.edge_id), STATED)], "store.kind"),
    ],
    ids=["unknown", "there", "not-there", "linked", "null", "kind"],
)
def test_a_load_refuses_what_a_store_refuses_and_leaves_nothing(
    tmp_path: Path, refused: Sequence[Change], code: str
) -> None:
    makers: list[Callable[[], object]] = [
        lambda: load_sqlite(tmp_path / "loaded.db", refused, fold=fold),
        lambda: open_sqlite(tmp_path / "applied.db", fold=fold).apply(refused),
    ]
    for make in makers:
        with pytest.raises(KaozhengError) as error:
            make()
        assert error.value.code == code
    assert not list(tmp_path.glob("loaded.db")) + list(tmp_path.glob("*.loading*"))


def test_elements_that_are_made_and_left_alone_are_written_apart(tmp_path: Path) -> None:
    made = create(document(), FORECAST, STATED, *(actor(f"actor-{number}") for number in range(2 * CHUNK)))
    assert load_sqlite(tmp_path / "a.db", made, fold=fold, apart_from=1).applied == len(made)
    report = verify(tmp_path / "a.db", fold=fold)
    assert (report.problems, report.changes) == ([], len(made))


def test_words_of_what_is_written_apart_are_found_beside_those_of_what_is_changed_later(tmp_path: Path) -> None:
    words = tmp_path / "it's a.db.loading.words"
    words.write_text("left behind by a load that was killed")
    path = tmp_path / "it's a.db"
    load_sqlite(path, [*changes(), *create(claim("claim-4", "日圓走貶"))], fold=fold, apart_from=1)
    with open_sqlite(path, fold=fold, read_only=True) as store:
        found = [store.find(Query(label=NodeLabel.CLAIM, text=text)).items for text in ("升息", "降息", "走貶")]
    assert [[node.node_id for node in nodes] for nodes in found] == [["claim-1"], [], ["claim-4"]]
    assert verify(path, fold=fold).problems == []
    assert not words.exists()


def test_a_name_that_is_a_member_of_an_enumeration_is_kept_as_the_text_that_it_is(tmp_path: Path) -> None:
    named = [change.model_copy(update={"who": Outcome.TRUE}) for change in create(actor("ubs"))]
    load_sqlite(tmp_path / "a.db", named, fold=fold, apart_from=1)
    with open_sqlite(tmp_path / "a.db", fold=fold, read_only=True) as store:
        assert [logged.change.who for logged in store.log()] == ["true"]


def test_a_folding_that_another_process_can_not_find_by_its_name_is_done_here(tmp_path: Path) -> None:
    load_sqlite(tmp_path / "a.db", changes(), fold=lambda text: fold(text), apart_from=1)
    assert verify(tmp_path / "a.db", fold=fold).problems == []


def test_a_folding_that_fails_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        load_sqlite(tmp_path / "a.db", create(actor("ubs")), fold=ord, apart_from=1)  # type: ignore[arg-type]
    assert not list(tmp_path.glob("a.db")) + list(tmp_path.glob("*.loading*"))


def test_what_fails_in_the_other_process_is_raised_here_and_leaves_nothing(tmp_path: Path) -> None:
    halved = [change.model_copy(update={"why": "half a character: \ud800"}) for change in create(actor("ubs"))]
    for apart_from in (1, 1000):
        with pytest.raises(KaozhengError) as refused:
            load_sqlite(tmp_path / "a.db", halved, fold=fold, apart_from=apart_from)
        assert refused.value.code == "store.text_malformed"
    assert not list(tmp_path.glob("a.db")) + list(tmp_path.glob("*.loading*"))


def test_a_load_that_its_source_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Change]:
        yield from create(actor("ubs"))
        raise LookupError("the source is gone")

    with pytest.raises(LookupError):
        load_sqlite(tmp_path / "a.db", broken(), fold=fold, apart_from=1)
    assert not list(tmp_path.glob("a.db")) + list(tmp_path.glob("*.loading*"))


def test_a_load_overwrites_nothing(tmp_path: Path) -> None:
    load_sqlite(tmp_path / "a.db", create(document()), fold=fold)
    with pytest.raises(KaozhengError) as refused:
        load_sqlite(tmp_path / "a.db", create(actor("ubs")), fold=fold)
    assert refused.value.code == "store.exists"
    with open_sqlite(tmp_path / "a.db", fold=fold) as store:
        assert store.counts() == {NodeLabel.DOCUMENT: 1}


@given(data=st.dictionaries(st.text(), VALUES, max_size=4), name=st.text(), caption=st.text())
def test_a_node_is_stored_in_the_words_of_its_model(data: dict[str, JsonValue], name: str, caption: str) -> None:
    for label in NodeLabel:
        node = Node(node_id=name, label=label, caption=caption, data=data)
        assert stored_form(node) == node.model_dump_json()
