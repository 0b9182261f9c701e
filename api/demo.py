"""`make demo`: read an article of ours into an embedded store and show what came out."""

import sys
from pathlib import Path

from rich.console import Console

from api.articles import document_of_article, read_article
from api.composition import Access, open_ledger
from api.rendering import claims_table, ingested_line, predictions_table
from api.settings import StoreLocation
from schemas.claim import ClaimKind
from schemas.graph import NodeLabel, Order, Query
from schemas.text import Publication

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "fixtures" / "articles" / "taiwan-wire.txt"
STORE = ROOT / "build" / "demo.db"


def main() -> None:
    """Ingest the article, print its claims and predictions, and say what to try next."""
    console = Console()
    article = read_article(ARTICLE, Publication())
    place = ARTICLE.relative_to(ROOT)
    with open_ledger(StoreLocation(str(STORE), "the demo's own"), who="demo", access=Access.CREATE) as ledger:
        console.print(f"\nReading {place} into {STORE.relative_to(ROOT)} …", markup=False, highlight=False)
        ingested = ledger.ingest(document_of_article(article))
        query = Query(
            label=NodeLabel.CLAIM, document_id=ingested.document_id, order=Order.POSITION, limit=1000
        )  # fmt: skip
        claims = ledger.claims(query).items
        predictions = ledger.claims(query.model_copy(update={"kind": ClaimKind.PREDICTION})).items
    console.print(ingested_line(str(place), ingested), markup=False, highlight=False, soft_wrap=True)
    console.print(claims_table(claims, width=console.width))
    console.print("Predictions, as something that can be settled:")
    console.print(predictions_table(predictions))
    kaozheng = Path(sys.executable).parent / "kaozheng"
    command = kaozheng.relative_to(ROOT) if kaozheng.is_relative_to(ROOT) else kaozheng
    console.print(
        f"Next, try:\n"
        f"  {command} serve --store build/demo.db        then open http://127.0.0.1:8000/docs\n"
        f"  {command} show {claims[0].claim.claim_id} --store build/demo.db\n"
        f"  {command} extract YOUR_ARTICLE.txt --published 2025-03-20",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
