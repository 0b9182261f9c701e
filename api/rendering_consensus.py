"""What a person sees in a terminal of what is held together of a target."""

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.relation_views import ConsensusView
from api.rendering_forecasts import number_text, period_text, quantity_text
from kg.relations.consensus import Consensus, Held, Spread
from kg.relations.wording import chance_text
from schemas.period import Period, Precision


def consensus_tables(view: ConsensusView) -> RenderableType:
    """Return a table for each window that is forecast, the last forecast of each voice in a row."""
    return Group(*(_consensus_table(item, view) for item in view.items))


def _consensus_table(item: Consensus, view: ConsensusView) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, title=_title(item), title_justify="left")
    for heading in ("speaker", "forecast", "said on"):
        table.add_column(heading, overflow="fold")
    table.add_column("id", style="dim", no_wrap=True)
    for held in item.held:
        names = "、".join(view.names[speaker] for speaker in held.speakers)
        table.add_row(names, _held_text(held), str(held.said_on), held.claim_id)
    table.caption = _caption(item)
    return table


def _title(item: Consensus) -> Text:
    start, end = item.window_start, item.window_end
    window = period_text(Period(start=start, end=end, precision=Precision.RANGE)) if start or end else "no window"
    basis = f", {item.basis.value}" if item.basis is not None else ""
    return Text(f"{item.target_id}, {window}: {item.shape.value}{basis}")


def _caption(item: Consensus) -> str:
    parts = [f"{item.count} {'voice' if item.count == 1 else 'voices'}"]
    parts += [f"{count} {direction.value}" for direction, count in item.directions.items()]
    parts += [_spread_text(item.values, item.unit)] if item.values is not None else []
    parts += [f"chance {_spread_text(_percent(item.chances), '%')}"] if item.chances is not None else []
    return "; ".join(parts)


def _spread_text(spread: Spread, unit: str) -> str:
    ends = f"{number_text(spread.low)} to {number_text(spread.high)}"
    return f"median {number_text(spread.median)} {unit}, {ends} (spread {number_text(spread.spread)})"


def _percent(spread: Spread) -> Spread:
    return Spread(median=100 * spread.median, low=100 * spread.low, high=100 * spread.high)


def _held_text(held: Held) -> str:
    parts = [
        held.direction.value if held.direction is not None else None,
        quantity_text(held.value) if held.value is not None else None,
        chance_text(held.probability) if held.probability is not None else None,
    ]
    return " ".join(part for part in parts if part)
