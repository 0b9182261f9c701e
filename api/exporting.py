"""The whole graph written elsewhere: RDF files, or a Neo4j server."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from rich.console import Console

from api.composition import neo4j_address
from api.extraction_output import write_whole
from api.settings import NEO4J_SCHEMES
from kg.store.protocol import Store
from schemas.errors import InputError
from schemas.graph import Node

NODES_AT_HAND: Final = 4096
"""Documents and claims that a stream of N-Quads keeps: neighbours ask for the same ones."""


def export_graph(store: Store, place: str, *, console: Console) -> str:
    """Write every node and edge to a place, and return what was written in a line.

    Raises:
        InputError: the place is neither a .nq, .ttl, .jsonld or .graphml file nor a Neo4j address, code "export.place".
        BackendError: the server can't be reached or refuses, as `kg.neo4j` says.
    """
    if place.startswith(NEO4J_SCHEMES):
        return _to_neo4j(store, place, console)
    return _to_file(store, Path(place))


def _to_file(store: Store, path: Path) -> str:
    from kg.analysis import graphml_of
    from kg.rdf import json_ld, turtle
    from kg.rdf.provenance import provenances_of

    if path.suffix == ".nq":
        return _stream(store, path)
    writers = {".ttl": turtle, ".jsonld": json_ld}
    if path.suffix not in {*writers, ".graphml"}:
        known = "FILE.nq, FILE.ttl, FILE.jsonld, FILE.graphml or neo4j://HOST:PORT"
        raise InputError("export.place", f"{path}: give {known}")
    nodes, edges = tuple(store.all_nodes()), tuple(store.all_edges())
    if path.suffix == ".graphml":
        write_whole(path, [graphml_of(nodes, edges)])
        return f"{path}: {len(nodes)} nodes, {len(edges)} edges"
    write_whole(path, [writers[path.suffix](nodes, edges, provenances_of(store.log()))])
    return f"{path}: {len(nodes)} nodes, {len(edges)} edges"


def _stream(store: Store, path: Path) -> str:
    """Write N-Quads as they come: of the whole graph, only who made each node is held at once."""
    from kg.rdf import n_quads
    from kg.rdf.provenance import provenances_of
    from kg.rdf.surroundings import Surroundings

    @lru_cache(maxsize=NODES_AT_HAND)
    def node(node_id: str) -> Node | None:
        return next(iter(store.nodes([node_id])), None)

    surroundings = Surroundings(node=node, provenance=provenances_of(store.log()).get)
    write_whole(path, n_quads(store.all_nodes(), store.all_edges(), surroundings))
    return f"{path}: {sum(store.counts().values())} nodes, each document in a graph of its own"


def _to_neo4j(store: Store, place: str, console: Console) -> str:
    from kg.neo4j.connection import open_driver
    from kg.neo4j.writer import write_graph

    address = neo4j_address(place)
    with open_driver(address) as driver, console.status(f"writing to {address.uri}") as status:
        written = write_graph(
            driver,
            store.all_nodes(),
            store.all_edges(),
            database=address.database,
            progress=lambda done: status.update(f"writing to {address.uri}: {done} nodes and edges"),
        )
    return (
        f"{address.uri}: {written.nodes} nodes ({written.new_nodes} new), "
        f"{written.edges} edges ({written.new_edges} new)"
    )
