"""`kaozheng review`: what was found of a claim, as the markup of a page."""

import sys
from typing import Annotated

import typer

from api.settings import PUBLISHER_VARIABLE, SITE_VARIABLE
from api.terminal import WHO, StoreOption, located


def review(
    claim_id: Annotated[str, typer.Argument(metavar="ID", help="A claim's id, as kaozheng claims lists it.")],
    site: Annotated[
        str,
        typer.Option("--site", metavar="URL", envvar=SITE_VARIABLE, help="Below it stand the pages of claims."),
    ],
    publisher: Annotated[
        str | None, typer.Option("--publisher", envvar=PUBLISHER_VARIABLE, help="Who publishes the fact check.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the ClaimReview (JSON-LD) that a page about a claim embeds; only for what was decided."""
    from api.composition import Access, open_ledger
    from api.reviewing import review_of, script_text
    from kg.rdf.reviews import Publisher

    with open_ledger(located(store), who=WHO, access=Access.READ) as ledger:
        markup = review_of(ledger, claim_id, Publisher(publisher, site))
    sys.stdout.write(script_text(markup) + "\n")
