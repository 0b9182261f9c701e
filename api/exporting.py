"""The whole graph written elsewhere: RDF files, or a Neo4j server."""

from pathlib import Path

from rich.console import Console

from api.composition import neo4j_address
from api.extraction_output import write_whole
from api.settings import NEO4J_SCHEMES
from kg.store.protocol import Store
from schemas.errors import InputError


def export_graph(store: Store, place: str, *, console: Console) -> str:
    """Write every node and edge to a place, and return what was written in a line.

    Raises:
        InputError: the place is neither a .ttl or .jsonld file nor a Neo4j address, code "export.place".
        BackendError: the server can't be reached or refuses, as `kg.neo4j` says.
    """
    if place.startswith(NEO4J_SCHEMES):
        return _to_neo4j(store, place, console)
    return _to_file(store, Path(place))


def _to_file(store: Store, path: Path) -> str:
    from kg.rdf import json_ld, turtle

    writers = {".ttl": turtle, ".jsonld": json_ld}
    if path.suffix not in writers:
        raise InputError("export.place", f"{path}: give FILE.ttl, FILE.jsonld or neo4j://HOST:PORT")
    nodes, edges = tuple(store.all_nodes()), tuple(store.all_edges())
    write_whole(path, writers[path.suffix](nodes, edges))
    return f"{path}: {len(nodes)} nodes, {len(edges)} edges"


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
