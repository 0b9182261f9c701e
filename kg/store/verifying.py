"""Checking a store against its own log: is every table what the log says it must be?"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from kg.store.bigrams import grams_of
from kg.store.facets import facets_of
from kg.store.handing import judgements_of
from kg.store.opening import connect_reader, translated
from kg.store.rows import NODE_COLUMNS, SELECTED_COLUMNS, UNKNOWN, NodeRow, NodeWrite, Publication, node_row
from kg.store.stamping import digest_of
from kg.store.standing import Judged, standing_of
from schemas.graph import CHANGE, Edge, Element, Node, NodeLabel, change_id_of, edge_of, element_id

SHOWN: Final = 50
"""Problems that are listed; all are counted."""

_ELEMENT: Final[TypeAdapter[Element]] = TypeAdapter(Element)
_LOG: Final = """
SELECT log.sequence, log.previous, past.after, log.after, log.change_id, recorded_at, who, why, digest
FROM log LEFT JOIN log AS past ON past.sequence = log.previous LEFT JOIN stamp ON stamp.stamp_id = log.stamp_id
ORDER BY log.sequence
"""
_EDGES: Final = """
SELECT edge_id, after, source.node_id, target.node_id
FROM edge JOIN log ON sequence = edge.head JOIN node AS source ON source.key = edge.source
JOIN node AS target ON target.key = edge.target
"""
_NODES: Final = f"SELECT after, {SELECTED_COLUMNS} FROM node JOIN log ON sequence = head ORDER BY key"  # noqa: S608
_PRESENT: Final = {"node": "SELECT node_id, head FROM node", "edge": "SELECT edge_id, head FROM edge"}


@dataclass(slots=True)
class Report:
    """What checking found: how much was checked, how many problems there are, and the first of them."""

    changes: int = 0
    nodes: int = 0
    edges: int = 0
    problem_count: int = 0
    problems: list[str] = field(default_factory=list)

    def note(self, problem: str) -> None:
        """Count a problem, and keep it if there is room."""
        self.problem_count += 1
        if len(self.problems) < SHOWN:
            self.problems.append(problem)


def verify(path: Path | str, *, fold: Callable[[str], str]) -> Report:
    """Compute the state of a store anew from its log and compare; also while another process writes.

    Args:
        path: the store.
        fold: the folding that the store is opened with; another one shows as problems of the text index.

    Returns:
        The report; no problems means that pages, log, present state, filters and full text agree.

    Raises:
        NotFoundError: there is no store, code "store.missing".
        BackendError: the file is so damaged that it can't be read, code "store.corrupt".
    """
    path = Path(path)
    report = Report()
    with translated(path), closing(connect_reader(path)) as connection:
        connection.execute("BEGIN")
        _check_pages(connection, report)
        if _check_heads(connection, report):
            _check_edges(connection, report)
            _check_nodes(connection, report, fold)
            _check_grams(connection, report)
    return report


def _check_pages(connection: sqlite3.Connection, report: Report) -> None:
    for (message,) in connection.execute(f"PRAGMA integrity_check({SHOWN})"):
        if message != "ok":
            report.note(f"pages: {message}")
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        report.note(f"{table} row {row} names a {parent} that is not there")


def _check_heads(connection: sqlite3.Connection, report: Report) -> bool:
    """Follow the log change by change, then compare the last change of each element.

    Returns:
        Whether all of the log can be read; where it can't, there is nothing to compare tables with.
    """
    is_readable = True
    heads: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for sequence, previous, before, after, change_id, *stamp, digest in connection.execute(_LOG):
        report.changes += 1
        if sequence != report.changes:
            report.note(f"log: change {report.changes} is missing, {sequence} comes in its place")
            report.changes = sequence
        try:
            element = _ELEMENT.validate_json(after or before or "")
        except ValidationError as error:
            report.note(f"log: change {sequence} holds no node or edge: {error.errors()[0]['msg']}")
            is_readable = False
            continue
        if digest != digest_of(*stamp):
            report.note(f"log: who, when or why of change {sequence} is not as it was written")
        if not _is_as_recorded(change_id, stamp[0], before, after):
            report.note(f"log: change {sequence} is not what its id was made from")
        name = element_id(element)
        if previous != heads.get(name):
            report.note(f"log: change {sequence} of {name} does not follow its last change {heads.get(name)}")
        heads[name] = sequence
        kinds[name] = element.element if after is not None else "removed"
    for kind, statement in (*_PRESENT.items(), ("removed", "SELECT element_id, head FROM removed")):
        wanted = {name: heads[name] for name, found in kinds.items() if found == kind}
        _compare_heads(kind, wanted, dict(connection.execute(statement).fetchall()), report)
    return is_readable


def _is_as_recorded(change_id: str, recorded_at: str, before: str | None, after: str | None) -> bool:
    """Whether the id of a change fits its moment and both versions of its element; who and why are in no id.

    Clients may make ids in a way of their own: of those nothing can be said. One that writes what it read in another
    order of keys must do so, or its changes look damaged here.
    """
    return not change_id.startswith(f"{CHANGE}-") or change_id == change_id_of(recorded_at, before, after)


def _compare_heads(kind: str, wanted: dict[str, int], found: dict[str, int], report: Report) -> None:
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            report.note(f"{kind} {name}: its last change is {wanted.get(name)}, the table has {found.get(name)}")


def _check_edges(connection: sqlite3.Connection, report: Report) -> None:
    for edge_id, after, source_id, target_id in connection.execute(_EDGES):
        report.edges += 1
        edge = Edge.model_validate_json(after)
        if (edge.source_id, edge.target_id) != (source_id, target_id):
            report.note(f"edge {edge_id}: the table joins {source_id} and {target_id}")
        if edge_of(edge.edge_type, edge.source_id, edge.target_id).edge_id != edge_id:
            report.note(f"edge {edge_id}: its id is not that of its type and ends")


def _check_nodes(connection: sqlite3.Connection, report: Report, fold: Callable[[str], str]) -> None:
    publications = _publications(connection)
    actors = _grouped(connection, "SELECT key, actor_id, published, node_id FROM node_actor ORDER BY key")
    periods = _grouped(connection, "SELECT key, first_day, last_day FROM node_period ORDER BY key")
    judgements = judgements_of(connection)
    for after, *row in connection.execute(_NODES):
        report.nodes += 1
        found = dict(zip(NODE_COLUMNS, row, strict=True))
        node = Node.model_validate_json(after)
        write = NodeWrite.of(node, found["key"], found["head"], fold)
        wanted = node_row(write, publications.get(write.facets.document_id or "", UNKNOWN))
        if tuple(row) != _standing(wanted, judgements.get(node.node_id, [])):
            report.note(f"node {node.node_id}: what it is filtered by is not what it holds")
        filed = {(actor_id, found["published"], node.node_id) for actor_id in write.facets.actor_ids}
        if actors.get(found["key"], set()) != filed:
            report.note(f"node {node.node_id}: it is filed under other actors than it holds")
        if periods.get(found["key"], set()) != set(write.facets.periods):
            report.note(f"node {node.node_id}: it is filed under other periods than it holds")


def _standing(row: NodeRow, judged: list[Judged]) -> NodeRow:
    """Return the row with where a claim stands."""
    columns = dict(zip(NODE_COLUMNS, row, strict=True))
    if columns["label"] == NodeLabel.CLAIM:
        standing = standing_of(str(columns["window_end"]) or None, judged)
        columns |= {"outcome": standing.outcome or "", "due": standing.due or ""}
    return tuple(columns.values())


def _publications(connection: sqlite3.Connection) -> dict[str, Publication]:
    rows = connection.execute("SELECT node_id, after FROM node JOIN log ON sequence = head WHERE label = 'Document'")
    facets = ((node_id, facets_of(Node.model_validate_json(after))) for node_id, after in rows)
    return {node_id: (found.publisher, found.published) for node_id, found in facets}


def _grouped(connection: sqlite3.Connection, statement: str) -> dict[int, set[tuple[str, ...]]]:
    groups: dict[int, set[tuple[str, ...]]] = {}
    for key, *values in connection.execute(statement):
        groups.setdefault(key, set()).add(tuple(values))
    return groups


def _check_grams(connection: sqlite3.Connection, report: Report) -> None:
    """Compare in how many texts each pair of characters stands."""
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, search, row)")
    indexed = dict(connection.execute("SELECT term, doc FROM temp.vocabulary").fetchall())
    wanted = Counter(gram for shadow in _shadows(connection) for gram in set(grams_of(shadow).split()))
    for gram in sorted(wanted.keys() | indexed.keys()):
        if wanted.get(gram) != indexed.get(gram):
            report.note(f"text index: {gram} is in {wanted.get(gram, 0)} texts, the index has {indexed.get(gram, 0)}")


def _shadows(connection: sqlite3.Connection) -> Iterator[str]:
    for (shadow,) in connection.execute("SELECT shadow FROM node"):
        yield shadow
