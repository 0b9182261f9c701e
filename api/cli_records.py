"""`kaozheng records`: what speakers' forecasts came to."""

from typing import Annotated

import typer

from api.terminal import WHO, ListFormat, StoreOption, err, located, out, parse_date, print_json


def records(
    actor: Annotated[str | None, typer.Argument(metavar="[ACTOR]", help="Only this actor, by id.")] = None,
    store: StoreOption = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Outcomes of this day or before.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Speakers at the most.")] = 50,
    output_format: Annotated[ListFormat, typer.Option("--format", help="What to write.")] = ListFormat.TABLE,
) -> None:
    """Say what each speaker's forecasts came to, by the outcomes that kaozheng resolve recorded."""
    from api.composition import Access, open_ledger
    from api.rendering_records import records_table

    with open_ledger(located(store), who=WHO, access=Access.READ) as ledger:
        view = ledger.records(as_of=parse_date(as_of, "--as-of"), actor_id=actor)
    if output_format is ListFormat.JSON:
        print_json(view.model_dump(mode="json"))
        return
    out().print(records_table(view, limit=limit))
    if not view.items:
        err().print("no forecast with a day it was said on; kaozheng claims --kind prediction lists all", style="dim")
