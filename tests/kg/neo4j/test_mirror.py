from collections.abc import Iterator

import pytest
from neo4j import Driver

from kg.neo4j.connection import address_of
from kg.neo4j.mirror import Followed, checksum, differences, follow
from kg.neo4j.writer import write_graph
from kg.store.neo4j import Neo4jStore, open_neo4j
from kg.store.protocol import Store
from schemas.errors import ConflictError, DomainError
from schemas.graph import EdgeType, edge_of
from tests.contracts.fake_store import FakeStore
from tests.contracts.graphs import actor, create, remove, replace
from tests.kg.samples import sample_edges, sample_nodes


def test_a_checksum_depends_on_every_element_and_not_on_their_order() -> None:
    nodes = sample_nodes()
    assert checksum(nodes) == checksum(nodes[::-1])
    assert (
        len(
            {
                checksum(nodes),
                checksum(nodes[1:]),
                checksum([*nodes[1:], nodes[0].model_copy(update={"caption": "別"})]),
            }
        )
        == 3
    )


@pytest.fixture
def source() -> Store:
    store = FakeStore(str)
    store.apply(create(*sample_nodes(), *sample_edges()))
    return store


@pytest.fixture
def mirror(neo4j_driver: Driver, neo4j_uri: str) -> Iterator[Neo4jStore]:
    with open_neo4j(address_of(neo4j_uri), fold=str) as store:
        yield store


@pytest.mark.neo4j
def test_a_mirror_holds_what_its_source_holds_log_included(source: Store, mirror: Neo4jStore) -> None:
    assert follow(source, mirror) == Followed(applied=26, last_sequence=26)
    assert differences(source, mirror) == ()
    assert list(mirror.log()) == list(source.log())


@pytest.mark.neo4j
def test_following_again_applies_only_what_is_new(source: Store, mirror: Neo4jStore) -> None:
    follow(source, mirror)
    assert follow(source, mirror).applied == 0
    edge = edge_of(EdgeType.MENTIONS, "a", "b")
    before, after = actor("a", "甲"), actor("a", "乙")
    source.apply([*create(before, actor("b"), edge), replace(before, after), remove(edge), remove(actor("b"))])
    assert follow(source, mirror) == Followed(applied=6, last_sequence=32)
    assert differences(source, mirror) == ()


@pytest.mark.neo4j
def test_a_mirror_that_was_cut_off_goes_on_where_it_stood(source: Store, mirror: Neo4jStore) -> None:
    source.apply(create(*(actor(f"actor-{i:04}") for i in range(1500))))

    def cut_off(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(source, mirror, progress=cut_off)
    assert mirror.last_sequence == 1000
    assert differences(source, mirror) != ()
    assert follow(source, mirror) == Followed(applied=526, last_sequence=1526)
    assert differences(source, mirror) == ()


@pytest.mark.neo4j
def test_a_mirror_ahead_of_its_source_is_refused(source: Store, mirror: Neo4jStore) -> None:
    follow(source, mirror)
    with pytest.raises(ConflictError) as caught:
        follow(FakeStore(str), mirror)
    assert caught.value.code == "mirror.ahead"


@pytest.mark.neo4j
def test_a_mirror_of_another_source_is_refused_and_left_as_it_was(source: Store, mirror: Neo4jStore) -> None:
    follow(source, mirror)
    other = FakeStore(str)
    other.apply(create(*(actor(f"actor-{i}") for i in range(30))))
    with pytest.raises(ConflictError) as caught:
        follow(other, mirror)
    assert caught.value.code == "mirror.diverged"
    assert differences(source, mirror) == ()


@pytest.mark.neo4j
def test_an_export_into_a_store_is_refused(source: Store, mirror: Neo4jStore, neo4j_driver: Driver) -> None:
    follow(source, mirror)
    with pytest.raises(DomainError) as caught:
        write_graph(neo4j_driver, sample_nodes(), [])
    assert caught.value.code == "neo4j.is_store"


@pytest.mark.neo4j
def test_a_store_over_an_export_is_refused(neo4j_driver: Driver, neo4j_uri: str) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    with pytest.raises(DomainError) as caught:
        open_neo4j(address_of(neo4j_uri), fold=str)
    assert caught.value.code == "neo4j.is_export"
