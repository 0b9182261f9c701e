"""`kaozheng store …`, `kaozheng mirror`, `kaozheng neo4j open`: keeping stores safe, and following them in Neo4j."""

from pathlib import Path
from typing import Annotated

import typer

from api.settings import NEO4J_SCHEMES, StoreLocation
from api.terminal import StoreOption, err, located, out
from schemas.errors import DomainError, InputError

store_app = typer.Typer(help="Back up, restore, verify, rebuild and migrate a store file.", no_args_is_help=True)
neo4j_app = typer.Typer(help="Look at the graph in Neo4j Browser.", no_args_is_help=True)

ToOption = Annotated[str, typer.Option("--to", metavar="ADDRESS", help="The server: neo4j://user:password@HOST:7687.")]


def _say(text: str) -> None:
    out().print(text, soft_wrap=True, markup=False, highlight=False)


def _file_of(location: StoreLocation) -> Path:
    if location.is_server:
        raise InputError("store.no_file", f"{location} is a server: use Neo4j's own tools for its upkeep")
    return location.path


@store_app.command()
def backup(target: Annotated[Path, typer.Argument(help="Where the copy goes.")], store: StoreOption = None) -> None:
    """Copy a store that may be in use; the copy is whole."""
    from kg.store.upkeep import backup as copy

    copy(_file_of(located(store)), target)
    _say(f"copied to {target}")


@store_app.command()
def restore(copy: Annotated[Path, typer.Argument(help="A backup.")], store: StoreOption = None) -> None:
    """Make a store from a backup, where there is none yet."""
    from kg.store.upkeep import restore as bring_back

    path = _file_of(located(store))
    bring_back(copy, path)
    _say(f"restored to {path}")


@store_app.command()
def verify(store: StoreOption = None) -> None:
    """Work out the store's state from its log and say where the two differ."""
    from extract.normalize import shadow_of
    from kg.store.verifying import verify as check

    report = check(_file_of(located(store)), fold=shadow_of)
    for problem in report.problems:
        _say(problem)
    _say(f"{report.changes} changes, {report.nodes} nodes, {report.edges} edges: {report.problem_count} problems")
    if report.problem_count:
        err().print(
            "where no line begins with `log` or `pages`, kaozheng store rebuild mends it; else restore a backup",
            style="dim", soft_wrap=True,
        )  # fmt: skip
        raise typer.Exit(1)


@store_app.command()
def rebuild(store: StoreOption = None) -> None:
    """Make the tables of a store anew from its log, where verify finds them wrong; a copy is kept beside it."""
    from extract.normalize import shadow_of
    from kg.store.upkeep import rebuild as make_anew

    path = _file_of(located(store))
    _say(f"{make_anew(path, fold=shadow_of)} changes replayed; {path.name}.before-rebuild beside it is as it was")


@store_app.command()
def migrate(store: StoreOption = None) -> None:
    """Bring a store of an older version to this one; a file is copied beside itself first."""
    from extract.normalize import shadow_of
    from kg.store.upkeep import migrate as bring_up

    location = located(store)
    if location.is_server:
        from api.composition import neo4j_address
        from kg.store.neo4j import migrate_neo4j

        before, after = migrate_neo4j(neo4j_address(location.place), fold=shadow_of)
    else:
        before, after = bring_up(location.path)
    _say(f"version {after}" if before == after else f"from version {before} to {after}")


def mirror(to: ToOption, store: StoreOption = None) -> None:
    """Bring a Neo4j server up to the store's log; run it again at any time, it goes on where it stands."""
    from api.composition import Access, open_store
    from kg.neo4j.mirror import differences, follow
    from kg.store.neo4j import Neo4jStore

    if not to.startswith(NEO4J_SCHEMES):
        raise InputError("mirror.place", f"{to} is no Neo4j address: give neo4j://HOST:7687")
    with (
        open_store(located(store), access=Access.READ) as source,
        open_store(StoreLocation(to, "from --to"), access=Access.UPDATE) as target,
        err().status("following the log") as status,
    ):
        if not isinstance(target, Neo4jStore):
            raise InputError("mirror.place", f"{to} is no Neo4j server")
        followed = follow(source, target, progress=lambda done: status.update(f"following the log: change {done}"))
        status.update("comparing both")
        found = differences(source, target)
    if found:
        raise DomainError("mirror.differs", f"{to} is not its source: {'; '.join(found)}: empty it and mirror again")
    _say(f"{followed.applied} changes new, at change {followed.last_sequence}; both hold the same")


@neo4j_app.command("open")
def open_browser(
    to: ToOption = "neo4j://127.0.0.1:7687",
    is_open: Annotated[bool, typer.Option("--no-auth", help="The server asks for no password.")] = False,
) -> None:
    """Print the link that opens Neo4j Browser on a server; a server of `make neo4j` then plays our guide."""
    from kg.neo4j.browser import GUIDE_PATH, STYLE_PATH, browser_link

    _say(browser_link(to, has_auth=not is_open))
    err().print(
        f"The guide comes from `kaozheng serve`: in Browser, :play http://127.0.0.1:8000{GUIDE_PATH} "
        f"and :style http://127.0.0.1:8000{STYLE_PATH}",
        style="dim", soft_wrap=True, markup=False,
    )  # fmt: skip
