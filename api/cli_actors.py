"""`kaozheng actors list | suggest | merge | split | judge | alias`: who is who."""

from typing import Annotated, Final

import typer

from api.terminal import WHO, ListFormat, StoreOption, err, located, out, print_json
from schemas.actor import JudgementValue
from schemas.graph import NodeLabel, Query

LEAST_SCORE: Final = 0.5
"""That of `kg.linking.suggestions`, which is not imported here: `--help` shall be quick."""

actors_app = typer.Typer(help="Who is who: actors, and which of them are one.", no_args_is_help=True)

FirstArgument = Annotated[str, typer.Argument(metavar="ACTOR", help="An actor's id.")]
SecondArgument = Annotated[str, typer.Argument(metavar="OTHER", help="Another actor's id.")]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, kept with the judgement.")]
WhoOption = Annotated[str, typer.Option("--who", help="Who decides, kept with the judgement.")]
FormatOption = Annotated[ListFormat, typer.Option("--format", help="What to write.")]


@actors_app.command("list")
def list_actors(
    store: StoreOption = None,
    text: Annotated[str | None, typer.Option("--text", help="Only those with this in a name, either script.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at the most.")] = 50,
    cursor: Annotated[str | None, typer.Option("--cursor", help="Go on from here.")] = None,
    output_format: FormatOption = ListFormat.TABLE,
) -> None:
    """List actors as they were met, with the id and name under which each is shown."""
    from api.composition import Access, open_ledger
    from api.rendering_actors import actors_table

    query = Query(label=NodeLabel.ACTOR, text=text, limit=limit, cursor=cursor)
    with open_ledger(located(store), who=WHO, access=Access.READ) as ledger:
        page = ledger.actors(query)
    if output_format is ListFormat.JSON:
        print_json(page.model_dump(mode="json"))
        return
    out().print(actors_table(page.items))
    if page.next_cursor:
        err().print(f"more: --cursor {page.next_cursor}", style="dim", soft_wrap=True)


@actors_app.command()
def suggest(
    store: StoreOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at the most.")] = 50,
    least_score: Annotated[
        float, typer.Option("--least-score", min=0.01, max=1, help="Leave out what is less likely.")
    ] = LEAST_SCORE,
    output_format: FormatOption = ListFormat.TABLE,
) -> None:
    """List pairs of actors that might be one and that nobody has judged, with scores and reasons."""
    from api.composition import Access, open_ledger
    from api.rendering_actors import suggestions_table

    with open_ledger(located(store), who=WHO, access=Access.READ) as ledger:
        found = ledger.directory.suggestions(least_score=least_score, limit=limit)
    if output_format is ListFormat.JSON:
        print_json([suggestion.model_dump(mode="json") for suggestion in found])
        return
    out().print(suggestions_table(found))
    err().print("next: kaozheng actors merge ACTOR OTHER, or split, or judge … unsure", style="dim")


@actors_app.command()
def merge(
    first: FirstArgument,
    second: SecondArgument,
    store: StoreOption = None,
    why: WhyOption = "the same actor",
    who: WhoOption = WHO,
) -> None:
    """Judge two actors to be one; no data moves, and split takes it back."""
    _judge((first, second), JudgementValue.SAME, store=store, why=why, who=who)


@actors_app.command()
def split(
    first: FirstArgument,
    second: SecondArgument,
    store: StoreOption = None,
    why: WhyOption = "different actors",
    who: WhoOption = WHO,
) -> None:
    """Judge two actors to be two, merged before or not."""
    _judge((first, second), JudgementValue.DIFFERENT, store=store, why=why, who=who)


@actors_app.command()
def judge(
    first: FirstArgument,
    second: SecondArgument,
    value: Annotated[JudgementValue, typer.Argument(help="none takes an earlier judgement back.")],
    store: StoreOption = None,
    why: WhyOption = "judged by hand",
    who: WhoOption = WHO,
) -> None:
    """Judge two actors: same, different, unsure (asked no more), or none (as if nobody had judged)."""
    _judge((first, second), value, store=store, why=why, who=who)


@actors_app.command()
def alias(
    actor_id: FirstArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the actor is called too.")],
    store: StoreOption = None,
    is_removed: Annotated[bool, typer.Option("--remove", help="Take the name back.")] = False,
    who: WhoOption = WHO,
) -> None:
    """Give an actor a name; articles that are read from now on are searched for it."""
    from api.composition import Access, open_ledger

    with open_ledger(located(store), who=WHO, access=Access.CREATE) as ledger:
        change = ledger.directory.take_name if is_removed else ledger.directory.give_name
        view = change(actor_id, name, who=who)
    names = "no longer names" if is_removed else "now names"
    _say(f"{name} {names} {view.name} ({view.actor.actor_id}), in articles read from now on")


def _judge(pair: tuple[str, str], value: JudgementValue, *, store: str | None, why: str, who: str) -> None:
    from api.composition import Access, open_ledger

    with open_ledger(located(store), who=WHO, access=Access.CREATE) as ledger:
        judgement = ledger.directory.judge(pair, value, why=why, who=who)
        views = [ledger.actor(actor_id) for actor_id in dict.fromkeys(pair)]
    for view in views[: 1 if views[0] == views[-1] else 2]:
        _say(f"{' = '.join(view.actor_ids)}: shown as {view.name}")
    _say(f"{judgement.value.value}, judged by {judgement.who}: {judgement.why}")
    err().print("next: kaozheng relate, which relates their claims anew", style="dim")


def _say(line: str) -> None:
    out().print(line, soft_wrap=True, markup=False, highlight=False)
