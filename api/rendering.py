"""What a person sees in a terminal: tables of claims, predictions and outcomes, one claim whole."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.rendering_relations import relation_rows
from api.views import ClaimDetail, ClaimView, Ingested
from kg.resolution.resolver import Report
from schemas.claim import Prediction
from schemas.evidence import Outcome, Resolution, ScoreRule
from schemas.period import Period
from schemas.quantity import Quantity

KIND_STYLES = {"fact": "cyan", "prediction": "magenta", "opinion": "yellow"}
OUTCOME_STYLES = {
    Outcome.TRUE: "green",
    Outcome.FALSE: "red",
    Outcome.PENDING: "yellow",
    Outcome.ANNULLED: "dim",
    Outcome.UNRESOLVABLE: "dim",
}


SCALES = ((Decimal(10) ** 12, "兆"), (Decimal(10) ** 8, "億"))
NARROW = 110
"""Columns of a window below which a claim's id goes under its words, not beside them."""


def number_text(value: Decimal) -> str:
    """Return a number as Chinese readers take it in: 兆 and 億 for large ones, commas, no idle zeros.

    Example:
        >>> number_text(Decimal("36200000000000")), number_text(Decimal("-2.50")), number_text(Decimal("48000"))
        ('36.2兆', '-2.5', '48,000')
    """
    for scale, sign in SCALES:
        if abs(value) >= scale:
            return _plain(value / scale) + sign
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity_text(quantity: Quantity) -> str:
    """Return a quantity as people write it.

    Example:
        >>> quantity_text(Quantity(low=Decimal(30), high=Decimal(35), unit="%"))
        '30–35 %'
    """
    ends = [number_text(quantity.low)]
    if quantity.high != quantity.low:
        ends.append(number_text(quantity.high))
    sign = {"approx": "≈ ", "ge": "≥ ", "le": "≤ ", "gt": "> ", "lt": "< "}.get(quantity.bound.value, "")
    return f"{sign}{'–'.join(ends)} {quantity.unit}"


def period_text(period: Period | None) -> str:
    """Return a period as short as it can be said; an open end is shown by dots.

    Example:
        >>> from datetime import date
        >>> from schemas.period import Precision
        >>> period_text(Period(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR))
        '2024'
        >>> period_text(Period(start=date(2024, 7, 1), end=date(2024, 9, 30), precision=Precision.QUARTER))
        '2024-07 to 2024-09'
    """
    if period is None:
        return ""
    start, end = period.start, period.end
    if start and end and start.day == 1 and (end + timedelta(days=1)).day == 1:
        if (start.month, end.month, start.year) == (1, 12, end.year):
            return str(start.year)
        first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
    else:
        first, last = str(start or "…"), str(end or "…")
    return first if first == last else f"{first} to {last}"


def forecast_text(prediction: Prediction) -> str:
    """Return what is forecast: target, direction and value."""
    value = f" {quantity_text(prediction.value)}" if prediction.value else ""
    return f"{prediction.target.target_id} {prediction.direction.value}{value}"


def probability_text(prediction: Prediction) -> str:
    """Return the stated chance in percent; empty where none is stated."""
    chance = prediction.probability
    if chance is None:
        return ""
    low, high = number_text(chance.low * 100), number_text(chance.high * 100)
    return f"{low}%" if low == high else f"{low}–{high}%"


def speakers_text(view: ClaimView) -> str:
    """Return the names of who asserts a claim."""
    return "、".join(speaker.name for speaker in view.speakers)


def claims_table(views: Iterable[ClaimView], *, width: int) -> Table:
    """Return a table of claims, one row each, in the order given, for a window of some columns."""
    is_narrow = width < NARROW
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("speaker", max_width=16, overflow="fold")
    table.add_column("kind", no_wrap=True)
    table.add_column("claim", ratio=1, overflow="fold")
    if not is_narrow:
        table.add_column("id", style="dim", no_wrap=True)
    for view in views:
        claim = view.claim
        words, claim_id = Text(_one_line(claim.text)), Text(claim.claim_id, "dim")
        rest = (Group(words, claim_id),) if is_narrow else (words, claim_id)
        table.add_row(speakers_text(view), Text(claim.kind.value, KIND_STYLES[claim.kind.value]), *rest)
    return table


def predictions_table(views: Iterable[ClaimView]) -> Table:
    """Return a table of predictions: what is forecast, by whom, how much, how likely, by when."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("speaker", max_width=16, overflow="fold")
    table.add_column("forecast", ratio=1, overflow="fold")
    table.add_column("chance", no_wrap=True)
    table.add_column("window", min_width=10)
    table.add_column("if", no_wrap=True)
    for view in views:
        prediction = view.claim.prediction
        if prediction is not None:
            table.add_row(
                speakers_text(view), forecast_text(prediction), probability_text(prediction),
                period_text(prediction.window), "yes" if prediction.is_conditional else "",
            )  # fmt: skip
    return table


def claim_detail(detail: ClaimDetail) -> RenderableType:
    """Return one claim whole: its words in their passage, what was read from them, what became of it."""
    claim, publication = detail.claim, detail.document.publication
    passage = Text(_one_line(detail.passage.before), "dim")
    passage.append(_one_line(detail.passage.quote), "bold")
    passage.append(_one_line(detail.passage.after), "dim")
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="bold", no_wrap=True)
    facts.add_column(overflow="fold")
    rows = [
        ("kind", claim.kind.value),
        ("said by", f"{speakers_text(detail)}  ({', '.join(claim.attribution.speakers)})"),
        ("how", f"{claim.attribution.speech.value}{f', cue {claim.attribution.cue}' if claim.attribution.cue else ''}"),
        ("said on", str(claim.said_on or "unknown")),
        ("in", f"{publication.title or detail.document.document_id}, {publication.publisher or 'publisher unknown'}"),
        ("at", f"[{claim.span.start}, {claim.span.end}) of {detail.document.document_id}"),
        *(("number", f"{quantity_text(t.quantity)}  {t.measures or ''}") for t in claim.quantities),
        *(("period", period_text(t.period)) for t in claim.periods),
        *_prediction_rows(claim.prediction),
        *(("outcome", outcome_text(resolution)) for resolution in detail.resolutions),
        *relation_rows(detail.relations),
        *(("recorded", f"{c.change.recorded_at:%Y-%m-%d %H:%M} by {c.change.who}: {c.change.why}")
          for c in detail.history),
    ]  # fmt: skip
    for name, value in rows:
        facts.add_row(name, value)
    return Group(passage, Text(), facts)


def outcome_text(resolution: Resolution) -> str:
    """Return an outcome with its reason and scores in one line."""
    scores = "".join(f", {s.rule.value} {number_text(s.value)}" for s in resolution.scores)
    due = f", due {resolution.due_on}" if resolution.due_on else ""
    return f"{resolution.outcome.value} as of {resolution.as_of}{due}{scores}: {resolution.explanation}"


def report_tables(report: Report, views: dict[str, ClaimView], *, everything: bool) -> RenderableType:
    """Return the outcomes that are settled or pending, and how many there were of each.

    Args:
        report: all outcomes.
        views: the claims by id.
        everything: show the unresolvable ones too, one row each, not only their count.
    """
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in ("speaker", "prediction", "outcome", "Brier", "why"):
        table.add_column(heading, overflow="fold")
    for resolution in report.resolutions:
        if resolution.outcome is Outcome.UNRESOLVABLE and not everything:
            continue
        view = views[resolution.claim_id]
        brier = next((number_text(s.value) for s in resolution.scores if s.rule is ScoreRule.BRIER), "")
        table.add_row(
            speakers_text(view), _one_line(view.claim.text),
            Text(resolution.outcome.value, OUTCOME_STYLES[resolution.outcome]), brier, resolution.explanation,
        )  # fmt: skip
    return Group(table, _counts_table(report))


def _counts_table(report: Report) -> Table:
    counts = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    counts.add_column("outcome")
    counts.add_column("reason")
    counts.add_column("predictions", justify="right")
    found = Counter((r.outcome.value, r.reason.value) for r in report.resolutions)
    for (outcome, reason), count in found.most_common():
        counts.add_row(outcome, reason, str(count))
    counts.add_row("all", f"{report.scored} of them scored", str(report.total), style="bold")
    return counts


def ingested_line(place: str, ingested: Ingested) -> str:
    """Return what became of one article, in a line."""
    what = f"{ingested.claims} claims, {ingested.predictions} of them predictions"
    return f"{'new  ' if ingested.is_new else 'known'} {place}: {what}  {ingested.document_id}"


def _prediction_rows(prediction: Prediction | None) -> list[tuple[str, str]]:
    if prediction is None:
        return []
    rows = [("forecast", forecast_text(prediction))]
    rows += [("chance", probability_text(prediction))] if prediction.probability else []
    rows += [("window", period_text(prediction.window))] if prediction.window else []
    return [*rows, *([("condition", "stated")] if prediction.is_conditional else [])]


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
