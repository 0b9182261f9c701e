"""What a person sees in a terminal of what speakers' forecasts came to."""

from rich import box
from rich.table import Table

from api.rendering_forecasts import number_text
from api.views import RecordsView
from kg.resolution.record import MINIMUM, Record
from schemas.evidence import Outcome


def records_table(view: RecordsView, *, limit: int) -> Table:
    """Return a row for each speaker, with every outcome counted, so that nothing refused is hidden.

    Args:
        view: the records.
        limit: rows at the most.
    """
    title = f"what forecasts came to by {view.as_of}"
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, title=title, title_justify="left")
    table.add_column("speaker", overflow="fold")
    for heading in ("questions", "said", *(outcome.value for outcome in Outcome), "scored", "mean Brier"):
        table.add_column(heading, justify="right")
    table.add_column("id", style="dim", overflow="fold")
    for record in view.items[:limit]:
        counts = (str(record.outcomes.get(outcome, "")) for outcome in Outcome)
        name = view.names.get(record.speaker_id, record.speaker_id)
        scored = (str(record.brier_scored or ""), _brier_text(record))
        table.add_row(name, str(record.groups), str(record.statements), *counts, *scored, record.speaker_id)
    table.caption = f"{len(view.items)} in all" if len(view.items) > limit else None
    return table


def _brier_text(record: Record) -> str:
    if record.mean_brier is not None:
        return number_text(record.mean_brier)
    return f"needs {MINIMUM}" if record.brier_scored else ""
