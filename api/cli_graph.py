"""`kaozheng relate`, `kaozheng consensus`, `kaozheng graph`: how claims and actors stand to each other."""

from pathlib import Path
from typing import Annotated

import typer

from api.terminal import WHO, ListFormat, StoreOption, err, located, out, parse_date, print_json
from schemas.errors import InputError


def relate(store: StoreOption = None) -> None:
    """Work out all relations among claims anew: after merges, or where reading left some out."""
    from api.composition import Access, open_ledger
    from api.rendering_relations import renewed_line

    with open_ledger(located(store), who=WHO, access=Access.UPDATE) as ledger:
        renewed = ledger.relations.renew()
    out().print(renewed_line(renewed), soft_wrap=True, markup=False, highlight=False)


def consensus(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="What is forecast: us.gdp.growth.")],
    store: StoreOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Held on this day.")] = None,
    output_format: Annotated[ListFormat, typer.Option("--format", help="What to write.")] = ListFormat.TABLE,
) -> None:
    """Say what is forecast for a target, window by window: by whom, the median, how far apart."""
    from api.composition import Access, open_ledger
    from api.rendering_consensus import consensus_tables

    with open_ledger(located(store), who=WHO, access=Access.READ) as ledger:
        view = ledger.relations.consensus(target, as_of=parse_date(as_of, "--as-of"))
    if output_format is ListFormat.JSON:
        print_json(view.model_dump(mode="json"))
        return
    out().print(consensus_tables(view))
    if not view.items:
        err().print("no forecast of it can be compared; kaozheng claims --target shows them", style="dim")


def graph(
    node: Annotated[
        str | None, typer.Argument(metavar="[NODE]", help="An actor, target, claim or document by id; else all.")
    ] = None,
    store: StoreOption = None,
    path_to: Annotated[str | None, typer.Option("--path", metavar="NODE", help="How both hang together.")] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Draw it: FILE.svg, or FILE.graphml.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=2, max=500, help="Nodes at the most.")] = 40,
) -> None:
    """Show what lies around a node, or the way to another; without a node, who stands with whom."""
    from api.composition import Access, open_ledger
    from api.graphs import around, standing, way, write_excerpt
    from api.rendering_graph import excerpt_text, standing_tables

    if node is None and (path_to or to):
        raise InputError("option.node", "--path and --to need a node: kaozheng graph NODE")
    with open_ledger(located(store), who=WHO, access=Access.READ) as ledger:
        if node is None:
            out().print(standing_tables(standing(ledger.store, ledger.directory)))
            return
        excerpt = way(ledger.store, node, path_to) if path_to else around(ledger.store, node, limit=limit)
    if to is None:
        out().print(excerpt_text(excerpt))
        return
    write_excerpt(excerpt, to)
    said = f"{to}: {len(excerpt.graph)} nodes, {excerpt.graph.number_of_edges()} edges"
    out().print(said, soft_wrap=True, markup=False, highlight=False)
