"""What a person sees in a terminal: tables of claims, predictions and outcomes, one claim whole."""

from collections import Counter
from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.rendering_forecasts import (
    chance_text,
    forecast_rows,
    number_text,
    period_text,
    quantity_text,
    revised_text,
)
from api.rendering_relations import relation_rows
from api.views import ClaimDetail, ClaimView, Ingested
from kg.resolution.resolver import Report
from schemas.checkworthiness import CheckReason
from schemas.claim import Claim
from schemas.evidence import Outcome, Resolution, ScoreRule

KIND_STYLES = {"fact": "cyan", "prediction": "magenta", "opinion": "yellow"}
OUTCOME_STYLES = {
    Outcome.TRUE: "green",
    Outcome.FALSE: "red",
    Outcome.PENDING: "yellow",
    Outcome.ANNULLED: "dim",
    Outcome.UNRESOLVABLE: "dim",
}
NARROW = 110
"""Columns of a window below which a claim's id goes under its words, not beside them."""


def speakers_text(view: ClaimView) -> str:
    """Return the names of who asserts a claim."""
    return "、".join(speaker.name for speaker in view.speakers)


REASONS = {
    CheckReason.CHECKABLE_KIND: "kind",
    CheckReason.QUANTITY: "figure",
    CheckReason.NAMED_SOURCE: "source",
    CheckReason.PERIOD: "period",
    CheckReason.PROMINENCE: "place",
    CheckReason.CONTRADICTION: "contradicted",
}
"""The reasons for which a claim is worth checking, as short as a table needs them."""


def worth_text(claim: Claim) -> str:
    """Return how much a claim is worth checking, 0 to 1, and what each reason adds; empty where nothing tells it."""
    if claim.check_worthiness is None:
        return ""
    shares = " ".join(f"{REASONS[one.reason]} {_hundredths(one.share)}" for one in claim.check_shares)
    return f"{claim.check_worthiness:.2f}  {shares}"


def _hundredths(share: float) -> str:
    return f"{share:.2f}".removeprefix("0")


def claims_table(views: Iterable[ClaimView], *, width: int, has_worth: bool = False) -> Table:
    """Return a table of claims, one row each, in the order given.

    Args:
        views: the claims.
        width: columns of the window; in a narrow one ids go under the words.
        has_worth: say under each what it is worth checking, and why.
    """
    is_narrow = width < NARROW
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("speaker", max_width=16, overflow="fold")
    table.add_column("kind", no_wrap=True)
    table.add_column("claim", ratio=1, overflow="fold")
    if not is_narrow:
        table.add_column("id", style="dim", no_wrap=True)
    for view in views:
        claim = view.claim
        claim_id = Text(claim.claim_id, "dim")
        worth = worth_text(claim) if has_worth else ""
        told = [Text(_one_line(claim.text)), *([Text(worth, "dim")] if worth else [])]
        rest = (Group(*told, claim_id),) if is_narrow else (Group(*told), claim_id)
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
                speakers_text(view), revised_text(prediction), chance_text(prediction),
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
        *forecast_rows(claim.prediction, detail.forecast_words),
        *((f"why {view.ground.part.value}", view.line) for view in detail.grounds),
        *([("worth checking", worth_text(claim))] if claim.check_worthiness is not None else []),
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


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
