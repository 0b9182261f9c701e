"""The present state as Neo4j nodes and relationships, with what queries filter and order by.

Names with an underscore are the store's: facets as `kg.store.facets` reads them, the text in the form that is
compared, its pairs of characters for the full text index.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from neo4j import ManagedTransaction
from pydantic import TypeAdapter

from kg.neo4j.layout import ENTITY, Properties, command, key_of, labelling, node_properties
from kg.neo4j.writer import merge_edges
from kg.store.bigrams import grams_of, shadow_form
from kg.store.facets import Facets, facets_of
from kg.store.standing import JUDGING, Judged, standing_of
from kg.store.state import Entry
from schemas.graph import Edge, Element, Node, NodeLabel

STATEMENTS: Final = (
    "CREATE CONSTRAINT ledger_id IF NOT EXISTS FOR (n:Ledger) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT change_sequence IF NOT EXISTS FOR (n:Change) REQUIRE n.sequence IS UNIQUE",
    "CREATE CONSTRAINT change_id IF NOT EXISTS FOR (n:Change) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX change_element IF NOT EXISTS FOR (n:Change) ON (n.element)",
    "CREATE INDEX claim_document IF NOT EXISTS FOR (n:Claim) ON (n._document)",
    "CREATE INDEX claim_target IF NOT EXISTS FOR (n:Claim) ON (n._target)",
    "CREATE INDEX claim_order IF NOT EXISTS FOR (n:Claim) ON (n._published, n.id)",
    "CREATE INDEX document_order IF NOT EXISTS FOR (n:Document) ON (n._published, n.id)",
    "CREATE INDEX claim_due IF NOT EXISTS FOR (n:Claim) ON (n._due, n.id)",
    "CREATE INDEX claim_worth IF NOT EXISTS FOR (n:Claim) ON (n._worth, n.id)",
    "CREATE INDEX resolution_claim IF NOT EXISTS FOR (n:Resolution) ON (n._claim)",
    "CREATE INDEX verdict_claim IF NOT EXISTS FOR (n:Verdict) ON (n._claim)",
    f"CREATE FULLTEXT INDEX entity_grams IF NOT EXISTS FOR (n:{ENTITY}) ON EACH [n._grams] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
)
"""What a store needs besides the layout that every export has."""

_ELEMENT: Final[TypeAdapter[Element]] = TypeAdapter(Element)
_REMOVE_NODES: Final = f"UNWIND $keys AS key MATCH (n:{ENTITY} {{id: key}}) DELETE n"
_HAND_DOWN: Final = """
UNWIND $rows AS row MATCH (c:Claim {_document: row.key})
SET c._publisher = row.publisher, c._published = row.published
"""
# The last judgement of a claim, by day and then by id; see kg.store.standing.
_JUDGEMENTS: Final = """
UNWIND $keys AS key MATCH (j {_claim: key}) WHERE (j:Resolution OR j:Verdict) AND j._outcome IS NOT NULL
RETURN key, coalesce(j._published, '') AS as_of, j.id AS id, j._outcome AS outcome, j._due AS due
"""
_WINDOWS: Final = "UNWIND $keys AS key MATCH (c:Claim {id: key}) RETURN key, c._window_end AS window_end"
_STAND: Final = "UNWIND $rows AS row MATCH (c:Claim {id: row.key}) SET c._outcome = row.outcome, c._due = row.due"
_TAKE_OVER: Final = """
UNWIND $keys AS key MATCH (c:Claim {id: key}) OPTIONAL MATCH (d:Document {id: c._document})
SET c._publisher = d._publisher, c._published = coalesce(d._published, '')
"""

VERSION: Final = 2
"""Of what nodes hold for queries. 1 lacked `_due`, `_said`, `_worth`, `_indicator` and the outcome on claims."""

Stored = Mapping[str, str | None]
"""How elements were stored before the batch, by id; None where they were not there."""


def write_state(
    transaction: ManagedTransaction, touched: Mapping[str, Entry], before: Stored, fold: Callable[[str], str]
) -> None:
    """Bring the graph to the state that a batch of changes ended in."""
    nodes = [entry.element for entry in touched.values() if isinstance(entry.element, Node)]
    edges = [entry.element for entry in touched.values() if isinstance(entry.element, Edge)]
    were = {i: _ELEMENT.validate_json(stored) for i in touched if (stored := before.get(i)) is not None}
    kept = {edge.edge_id: edge for edge in edges}
    _remove_edges(transaction, [was for i, was in were.items() if isinstance(was, Edge) and _moved(was, kept.get(i))])
    gone = [i for i, was in were.items() if isinstance(was, Node) and not isinstance(touched[i].element, Node)]
    transaction.run(command(_REMOVE_NODES), keys=[key_of(i) for i in gone]).consume()
    _merge_nodes(transaction, nodes, fold)
    merge_edges(transaction, edges)
    _hand_down(transaction, nodes, gone)
    _hand_up(transaction, [*nodes, *(was for was in were.values() if isinstance(was, Node))])


def write_nodes(transaction: ManagedTransaction, nodes: list[Node], fold: Callable[[str], str]) -> None:
    """Write anew what queries look at in nodes that are there as they are."""
    _merge_nodes(transaction, nodes, fold)
    _hand_down(transaction, nodes, ())
    _hand_up(transaction, nodes)


def _moved(was: Edge, now: Edge | None) -> bool:
    """Whether an edge is gone, or lies elsewhere, which Neo4j has no way to change."""
    if now is None:
        return True
    return (was.edge_type, was.source_id, was.target_id) != (now.edge_type, now.source_id, now.target_id)


def _remove_edges(transaction: ManagedTransaction, edges: Iterable[Edge]) -> None:
    keys = defaultdict(list)
    for edge in edges:
        keys[edge.edge_type].append(key_of(edge.edge_id))
    for edge_type, of_type in keys.items():
        text = f"UNWIND $keys AS key MATCH ()-[r:{edge_type} {{id: key}}]->() DELETE r"
        transaction.run(command(text), keys=of_type).consume()


def _merge_nodes(transaction: ManagedTransaction, nodes: Iterable[Node], fold: Callable[[str], str]) -> None:
    rows: dict[NodeLabel, list[Properties]] = defaultdict(list)
    for node in nodes:
        facets = facets_of(node)
        shadow = shadow_form(fold("\n".join(facets.texts)))
        window = {"_window_end": facets.due} if node.label is NodeLabel.CLAIM and facets.due else {}
        rows[node.label].append(
            {**node_properties(node), **_facet_properties(facets), **window, **_text_properties(shadow)}
        )
    for label, of_label in rows.items():
        text = f"UNWIND $rows AS row MERGE (n:{ENTITY} {{id: row.id}}) {labelling(label)} SET n = row"
        transaction.run(command(text), rows=of_label).consume()


def _text_properties(shadow: str) -> Properties:
    return {"_shadow": shadow, "_grams": " ".join(dict.fromkeys(grams_of(shadow).split()))}


def _facet_properties(facets: Facets) -> Properties:
    keyed = {
        "_kind": facets.kind,
        "_document": facets.document_id,
        "_claim": facets.claim_id,
        "_publisher": facets.publisher,
        "_target": facets.target_id,
        "_indicator": facets.indicator_id,
        "_outcome": facets.outcome,
        "_said": facets.said_on,
        "_due": facets.due,
    }
    worth: Properties = {} if facets.check_worthiness is None else {"_worth": facets.check_worthiness}
    return {
        **{name: key_of(value) for name, value in keyed.items() if value},
        **worth,
        "_published": key_of(facets.published or ""),
        "_position": facets.position,
        "_actors": [key_of(actor_id) for actor_id in facets.actor_ids],
        "_first_days": [first for first, _ in facets.periods],
        "_last_days": [last for _, last in facets.periods],
    }


def _hand_down(transaction: ManagedTransaction, nodes: Iterable[Node], gone: Iterable[str]) -> None:
    """Give the publication of each document to its claims, whichever of them came first."""
    rows: list[dict[str, str | None]] = [{"key": key_of(i), "publisher": None, "published": ""} for i in gone]
    claims = []
    for node in nodes:
        facets = facets_of(node)
        if node.label is NodeLabel.CLAIM:
            claims.append(key_of(node.node_id))
        elif node.label is NodeLabel.DOCUMENT:
            publisher = key_of(facets.publisher) if facets.publisher else None
            rows.append({"key": key_of(node.node_id), "publisher": publisher, "published": facets.published or ""})
        else:
            # It may have been a document before.
            rows.append({"key": key_of(node.node_id), "publisher": None, "published": ""})
    transaction.run(command(_HAND_DOWN), rows=rows).consume()
    transaction.run(command(_TAKE_OVER), keys=claims).consume()


def _hand_up(transaction: ManagedTransaction, nodes: Iterable[Node]) -> None:
    """Write on each claim where it stands, after it or what judges it was written or removed."""
    keys = {key_of(facets_of(n).claim_id or "") for n in nodes if n.label in {NodeLabel.CLAIM, *JUDGING}} - {""}
    judged: dict[str, list[Judged]] = defaultdict(list)
    for row in transaction.run(command(_JUDGEMENTS), keys=sorted(keys)):
        judged[row["key"]].append(Judged(row["as_of"], row["id"], row["outcome"], row["due"]))
    found = transaction.run(command(_WINDOWS), keys=sorted(keys)).values()
    rows = [{"key": key, **standing_of(end, judged.get(key, ()))._asdict()} for key, end in found]
    transaction.run(command(_STAND), rows=rows).consume()
