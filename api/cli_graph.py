"""`kaozheng relate`, `kaozheng consensus`, `kaozheng graph`: how claims and actors stand to each other."""

from typing import Annotated

import typer

from api.terminal import WHO, ListFormat, StoreOption, err, located, out, parse_date, print_json


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
