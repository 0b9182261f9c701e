"""The command line: `kaozheng extract | ingest | claims | show | export | observations | resolve | actors | serve`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from api import VERSION
from api.articles import Article, article_files, document_of_article, place_of, read_article, stem_collisions
from api.cli_actors import actors_app
from api.cli_graph import consensus, graph, relate
from api.cli_records import records
from api.cli_review import review
from api.cli_sparql import sparql
from api.cli_upkeep import mirror, neo4j_app, store_app
from api.errors import exit_code_of, fault_of
from api.moments import parse_moment
from api.terminal import (
    WHO,
    AsOfOption,
    ListFormat,
    StoreOption,
    err,
    located,
    out,
    parse_date,
    print_json,
    show_server_notes,
)
from schemas.claim import ClaimKind
from schemas.errors import InputError, KaozhengError
from schemas.graph import NodeLabel, Order, Query, Review
from schemas.text import Document, Publication

OPTION_OF_WARNING: Final = {"period.no_reference_date": " with --published 2025-03-20"}
"""What to add to a warning of the pipeline, which knows no options."""
TRACE_VARIABLE: Final = "KAOZHENG_TRACE"
"""Set to anything, it shows where the program itself failed."""

app = typer.Typer(
    name="kaozheng",
    help="A claim ledger for Chinese financial text 考證: who says what, and what became of it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
observations_app = typer.Typer(help="Realised figures that settle predictions.", no_args_is_help=True)
app.add_typer(observations_app, name="observations")
app.add_typer(actors_app, name="actors")
app.add_typer(store_app, name="store")
app.add_typer(neo4j_app, name="neo4j")

DateOption = Annotated[str | None, typer.Option("--published", metavar="DATE", help="Day of publication: 2025-03-20.")]
TitleOption = Annotated[str | None, typer.Option("--title", help="Title of the article.")]
PublisherOption = Annotated[str | None, typer.Option("--publisher", help="Who published it.")]
AuthorOption = Annotated[str | None, typer.Option("--author", help="Who wrote it.")]
UrlOption = Annotated[str | None, typer.Option("--url", help="Where it was published.")]


class ExtractFormat(StrEnum):
    """How `kaozheng extract` writes what it found."""

    TABLE = "table"
    JSON = "json"
    GOLD = "gold"


class ClaimOrder(StrEnum):
    """Which claims `kaozheng claims` lists first."""

    TEXT = "text"
    WORTH = "worth"
    NEWEST = "newest"


ORDERS: Final = {
    ClaimOrder.TEXT: Order.POSITION,
    ClaimOrder.WORTH: Order.CHECK_WORTHINESS,
    ClaimOrder.NEWEST: Order.PUBLISHED_DESCENDING,
}
"""What a store calls these orders."""


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar while files are read; it goes to standard error and vanishes when done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err(), transient=True, disable=total < 2 and not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def each_document(
    paths: list[Path], given: Publication, handle: Callable[[Article, Document], None], *, what: str
) -> int:
    """Read each file and hand it on; a bad one is reported in a line and does not stop the others.

    Returns:
        How many files could not be taken.
    """
    failed = 0
    with progress(what, len(paths)) as advance:
        for path in paths:
            try:
                article = read_article(path, given)
                handle(article, document_of_article(article))
            except InputError as error:
                failed += 1
                _say_error(error)
            advance()
    return failed


def _publication(*, published: str | None, **told: str | None) -> Publication:
    return Publication(published=parse_date(published, "--published"), **told)


def _say_error(error: KaozhengError) -> None:
    err().print(f"error: {error.message}  [{error.code}]", style="red", soft_wrap=True, markup=False)


def _warn(place: str, warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        option = OPTION_OF_WARNING.get(warning.split(":")[0], "")
        err().print(f"warning: {place}: {warning}{option}", style="yellow", soft_wrap=True, markup=False)


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Articles; - is standard input.")],
    output_format: Annotated[ExtractFormat, typer.Option("--format", help="What to write.")] = ExtractFormat.TABLE,
    published: DateOption = None,
    out_folder: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write one file per article.")] = None,
    title: TitleOption = None,
    publisher: PublisherOption = None,
    author: AuthorOption = None,
    url: UrlOption = None,
) -> None:
    """Read articles and write what they claim; nothing is kept."""
    from api.extraction_output import write_extraction

    given = _publication(title=title, publisher=publisher, author=author, url=url, published=published)
    paths = list(article_files(files))
    if len(paths) > 1 and out_folder is None and output_format is not ExtractFormat.TABLE:
        raise InputError("option.out", f"{len(paths)} files can't share one output: give --out DIR")
    if out_folder is not None and (twice := stem_collisions(paths)):
        raise InputError("option.out", f"two files would be written as {', '.join(twice)}: extract them apart")

    def handle(article: Article, document: Document) -> None:
        from api.composition import extract as read

        extraction = read(document)
        _warn(article.place, extraction.warnings)
        write_extraction(article.name, extraction, output_format.value, folder=out_folder, console=out())

    _finish(each_document(paths, given, handle, what="extracting"))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Articles, folders of them, or -.")],
    store: StoreOption = None,
    published: DateOption = None,
    title: TitleOption = None,
    publisher: PublisherOption = None,
    author: AuthorOption = None,
    url: UrlOption = None,
) -> None:
    """Read articles into the store; those already in are skipped."""
    from api.composition import Access, open_ledger
    from api.rendering import ingested_line

    given = _publication(title=title, publisher=publisher, author=author, url=url, published=published)
    files = list(article_files(paths))
    with open_ledger(located(store), who=WHO, access=Access.CREATE) as ledger:

        def handle(article: Article, document: Document) -> None:
            ingested = ledger.ingest(document)
            _warn(article.place, ingested.warnings)
            if ingested.other_publications:
                _warn(article.place, (f"same text as {', '.join(ingested.other_publications)}",))
            out().print(ingested_line(article.place, ingested), soft_wrap=True, markup=False, highlight=False)

        failed = each_document(files, given, handle, what="reading")
    if not failed:
        err().print("next: kaozheng claims, kaozheng claims --kind prediction, kaozheng serve", style="dim")
    _finish(failed)


@app.command()
def claims(
    store: StoreOption = None,
    actor: Annotated[str | None, typer.Option("--actor", help="Who says it: an actor's id.")] = None,
    kind: Annotated[ClaimKind | None, typer.Option("--kind", help="Only this kind.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Only of this document.")] = None,
    target: Annotated[str | None, typer.Option("--target", help="Only forecasts of this target.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Only those with these words, either script.")] = None,
    order: Annotated[ClaimOrder, typer.Option("--order", help="What comes first.")] = ClaimOrder.TEXT,
    min_worth: Annotated[
        float | None, typer.Option("--min-worth", min=0, max=1, help="Only those worth checking so much or more.")
    ] = None,
    review: Annotated[Review | None, typer.Option("--review", help="How far it was judged.")] = None,
    due_by: Annotated[str | None, typer.Option("--due-by", metavar="DATE", help="Undecided, and due by then.")] = None,
    as_of: AsOfOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at the most.")] = 50,
    cursor: Annotated[str | None, typer.Option("--cursor", help="Go on from here.")] = None,
    output_format: Annotated[ListFormat, typer.Option("--format", help="What to write.")] = ListFormat.TABLE,
) -> None:
    """List claims in the order of the text, or those most worth checking first, each with its reasons."""
    from api.composition import Access, open_ledger
    from api.rendering import claims_table, predictions_table

    query = Query(
        label=NodeLabel.CLAIM, actor_id=actor, kind=kind, document_id=document, target_id=target, text=text,
        review=review, due_by=parse_date(due_by, "--due-by"), min_check_worthiness=min_worth, order=ORDERS[order],
        limit=limit, cursor=cursor,
    )  # fmt: skip
    with open_ledger(located(store), who=WHO, access=Access.READ, as_of=parse_moment(as_of)) as ledger:
        page = ledger.claims(query)
    if output_format is ListFormat.JSON:
        print_json(page.model_dump(mode="json"))
        return
    has_worth = order is ClaimOrder.WORTH or min_worth is not None
    out().print(claims_table(page.items, width=out().width, has_worth=has_worth))
    if kind is ClaimKind.PREDICTION:
        out().print(predictions_table(page.items))
    if not page.items:
        hint = f"; --actor takes an id: kaozheng actors list --text {actor}" if actor else ""
        err().print(f"no claim matches; kaozheng claims without options lists all{hint}", style="dim", soft_wrap=True)
    if page.next_cursor:
        err().print(f"more: --cursor {page.next_cursor}", style="dim", soft_wrap=True)


@app.command()
def show(
    claim_id: Annotated[str, typer.Argument(metavar="ID", help="A claim's id, as kaozheng claims lists it.")],
    store: StoreOption = None,
    as_of: AsOfOption = None,
    output_format: Annotated[ListFormat, typer.Option("--format", help="What to write.")] = ListFormat.TABLE,
) -> None:
    """Show one claim in its passage, with what was read from it and what became of it."""
    from api.composition import Access, open_ledger
    from api.rendering import claim_detail

    with open_ledger(located(store), who=WHO, access=Access.READ, as_of=parse_moment(as_of)) as ledger:
        detail = ledger.claim(claim_id)
    if output_format is ListFormat.JSON:
        print_json(detail.model_dump(mode="json"))
    else:
        out().print(claim_detail(detail))


@app.command()
def export(
    to: Annotated[
        str, typer.Option("--to", metavar="PLACE", help="FILE.nq, .ttl, .jsonld, .graphml, or neo4j://HOST:PORT.")
    ],
    store: StoreOption = None,
) -> None:
    """Write the whole graph as RDF, or into a Neo4j server (again and again without harm)."""
    from api.composition import Access, open_ledger
    from api.exporting import export_graph

    with open_ledger(located(store), who=WHO, access=Access.READ) as ledger:
        said = export_graph(ledger.store, to, console=err())
    out().print(said, soft_wrap=True, markup=False, highlight=False)


@observations_app.command("import")
def import_observations(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.csv...", help="Figures with their sources.")],
    store: StoreOption = None,
) -> None:
    """Read realised figures into the store; a file with a bad row is refused whole."""
    from api.composition import Access, open_ledger
    from api.figures import observations_in

    batches = [(path, observations_in(path)) for path in files]
    with open_ledger(located(store), who=WHO, access=Access.CREATE) as ledger:
        for path, observations in batches:
            imported = ledger.import_observations(observations)
            said = (
                f"{place_of(path)}: {imported.new} figures new, {imported.known} known, {imported.corrected} corrected"
            )
            out().print(said, soft_wrap=True, markup=False, highlight=False)
    err().print("next: kaozheng resolve --as-of DATE", style="dim")


@app.command()
def resolve(
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Nothing later is seen.")] = None,
    store: StoreOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Show each unresolvable prediction too.")] = False,
    only_due: Annotated[bool, typer.Option("--due", help="Only those that new figures or the day may settle.")] = False,
    output_format: Annotated[ListFormat, typer.Option("--format", help="What to write.")] = ListFormat.TABLE,
) -> None:
    """Say of every prediction whether it came true by a day, and why."""
    from api.composition import Access, now, open_ledger
    from api.rendering import report_tables

    day = parse_date(as_of, "--as-of") or now().date()
    with open_ledger(located(store), who=WHO, access=Access.UPDATE) as ledger:
        report = ledger.resolve(day, only_due=only_due)
        views = ledger.views_by_id([r.claim_id for r in report.resolutions])
    if output_format is ListFormat.JSON:
        print_json(report.model_dump(mode="json"))
    elif only_due and not report.resolutions:
        err().print(f"nothing is due by {day}; without --due every prediction is resolved", style="dim")
    else:
        out().print(report_tables(report, views, everything=everything))


@app.command()
def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the store over REST until stopped with Ctrl-C."""
    import uvicorn

    from api.app import create_app
    from api.composition import Access, open_ledger

    with open_ledger(located(store), who="REST", access=Access.CREATE) as ledger:
        err().print(f"try http://{host}:{port}/docs and http://{host}:{port}/v1/claims", style="dim", soft_wrap=True)
        uvicorn.run(create_app(ledger), host=host, port=port, log_level="info")


app.command()(mirror)
app.command()(relate)
app.command()(consensus)
app.command()(graph)
app.command()(review)
app.command()(records)
app.command()(sparql)


def _finish(failed: int) -> None:
    if failed:
        raise typer.Exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        out().print(f"kaozheng {VERSION}", highlight=False)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """A claim ledger for Chinese financial text 考證: who says what, and what became of it."""


def main() -> None:
    """Run the command line; an error of ours is one line and an exit code, never a trace."""
    show_server_notes()
    try:
        app()
    except KaozhengError as error:
        _say_error(error)
        sys.exit(exit_code_of(error))
    except BrokenPipeError:
        # The reader of our output went away (`kaozheng claims | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # The last line of defence: a user gets a line, not a trace.
        if TRACE_VARIABLE in os.environ:
            raise
        fault = fault_of(error, f"report it, with what {TRACE_VARIABLE}=1 shows")
        _say_error(fault)
        sys.exit(exit_code_of(fault))
