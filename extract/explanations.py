"""Why a claim is what it is: for each part what decided it, by which words, and by how much."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.attribution import Frame
from extract.layers import Layers
from extract.placing import starting_in, touching
from extract.predictions import Forecast
from extract.propositions.protocol import Proposition
from extract.reading import Reading
from extract.statements import statement_of
from schemas.actor import AUTHOR
from schemas.claim import Attribution, Speech
from schemas.explanation import Ground, Origin, Part
from schemas.period import Period, PeriodTag
from schemas.prediction import WindowOrigin
from schemas.text import Span

_MODEL = "model"
_BARE = re.compile("年[初中底末尾]|全年|[上下]半年|第?[一二三四1-4]季|[首末]季|Q[1-4]|[1-4]Q|1?[0-9]月")
"""A part of a year that does not say of which, over folded text."""
_ABSOLUTE = re.compile(r"\d{4}|民国|[12]\d{2}年")
_CARRIED = frozenset({"section", "open", "list"})
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Account:
    """A claim as it was put together.

    Attributes:
        reading: the document.
        layers: its tags.
        frames: all frames of speech in it.
        proposition: the span with its kind.
        frame: the frame that holds it, None outside all.
        attribution: who asserts it in the end.
        forecast: what would prove it, None where it is no prediction.
        sentence_index: of the sentence that it stands in.
    """

    reading: Reading
    layers: Layers
    frames: Sequence[Frame]
    proposition: Proposition
    frame: Frame | None
    attribution: Attribution
    forecast: Forecast | None
    sentence_index: int

    @property
    def span(self) -> Span:
        """Where the claim stands."""
        return self.proposition.span

    @property
    def statement(self) -> PeriodTag | None:
        """When it was said, where what introduces it has a date and its speaker is the one introduced."""
        fits = self.frame is not None and self.frame.speakers == self.attribution.speakers
        return statement_of(self.frame, self.reading, self.layers) if fits else None


def said_on(account: Account) -> date | None:
    """Return the day of the statement, the last one of a week or month; of publication where the text dates none.

    The last day is the careful choice: what came out in that month may have been known.
    """
    stated = account.statement
    return stated.period.end if stated else account.reading.document.published


def grounds_of(account: Account) -> tuple[Ground, ...]:
    """Return why each part of a claim is what it is: kind, speaker, period, then target and window of a forecast.

    A forecast that nothing could ever prove says last why not.
    """
    return (_kind(account.proposition), _speaker(account), *_period(account), *_forecast(account))


def _kind(proposition: Proposition) -> Ground:
    """A hard rule overrules whatever margin there was."""
    is_model = proposition.rule == _MODEL
    margin = None if proposition.rule.startswith("rule.") else round(max(proposition.margin, 0.0), _DECIMALS)
    origin = Origin.MODEL if is_model else Origin.RULE
    return Ground(part=Part.KIND, origin=origin, rule=proposition.rule, margin=margin)


def _speaker(account: Account) -> Ground:
    attribution, frame = account.attribution, account.frame
    fits = frame is not None and frame.speakers == attribution.speakers
    if attribution.speakers == (AUTHOR,):
        is_unknown = fits and frame is not None and not frame.is_resolved
        rule = "speaker.unresolved" if is_unknown else "narrator"
        return _ground(Part.SPEAKER, Origin.DEFAULT, rule, frame.lead if is_unknown and frame else None)
    if fits and frame is not None and frame.lead is not None and frame.speech is not Speech.CARRIED:
        return _ground(Part.SPEAKER, Origin.CUE, frame.category, frame.cue_span if frame.cue else frame.lead)
    rule = frame.category if fits and frame is not None and frame.category in _CARRIED else "speaker"
    return _ground(Part.SPEAKER, Origin.CARRIED, rule if fits else _MODEL, _carried_from(account))


def _carried_from(account: Account) -> Span | None:
    """Return where the speaker was introduced last before the claim, else named last before, else named first."""
    speakers, start = account.attribution.speakers, account.span.start
    leads = [f for f in account.frames if f.lead and f.lead.end <= start and f.speakers == speakers]
    if leads:
        last = max(leads, key=lambda frame: frame.lead.end if frame.lead else 0)
        return last.cue_span if last.cue else last.lead
    named = [tag.span for tag in account.layers.actors.tags if tag.actor_id == speakers[0]]
    before = [span for span in named if span.end <= start]
    return before[-1] if before else next(iter(named), None)


def _period(account: Account) -> Iterator[Ground]:
    """Yield what the first period of the claim counts from, or which period of its sentence it goes on with."""
    tags = account.layers.periods
    own = touching(tags, account.span.start, account.span.end)
    if own:
        words = own[0].span
        dated = account.statement
        is_counted = dated is not None and _opens_in(own[0].period, dated.period)
        if _ABSOLUTE.search(words.of(account.reading.shadow)):
            yield _ground(Part.PERIOD, Origin.STATED, "absolute", words)
        elif dated is not None and is_counted:
            yield _ground(Part.PERIOD, Origin.CARRIED, "statement", dated.span)
        elif (named := _year_named_before(account, own[0])) is not None:
            yield _ground(Part.PERIOD, Origin.CARRIED, "sentence", named)
        else:
            yield _ground(Part.PERIOD, Origin.STATED, "publication", words)
        return
    before = _periods_before(account, account.span.start)
    if before:
        yield _ground(Part.PERIOD, Origin.CARRIED, "sentence", before[-1].span)


def _periods_before(account: Account, place: int) -> Sequence[PeriodTag]:
    """Return the periods of the claim's sentence that begin before a place."""
    sentences = account.reading.sentences
    start = sentences[account.sentence_index].span.start if sentences else account.span.start
    return starting_in(account.layers.periods, start, place)


def _year_named_before(account: Account, own: PeriodTag) -> Span | None:
    """Return the period whose year a bare one goes on with (明年景氣回溫,年底…), None where none does."""
    published, start = account.reading.document.published, own.period.start
    before = _periods_before(account, own.span.start)
    if published is None or start is None or start.year == published.year or not before:
        return None
    last = before[-1].period.start
    is_bare = _BARE.match(account.reading.shadow, own.span.start, own.span.end) is not None
    return before[-1].span if is_bare and last is not None and last.year == start.year else None


def _opens_in(period: Period, day: Period) -> bool:
    """Return whether a period begins on the day of a statement, so that it was counted from there (未來三年)."""
    if period.start is None or day.start is None or day.end is None:
        return False
    return day.start <= period.start <= day.end


def _forecast(account: Account) -> Iterator[Ground]:
    forecast = account.forecast
    if forecast is None:
        return
    measure, window = forecast.measure, forecast.window
    if measure is None:
        yield _ground(Part.TARGET, Origin.DEFAULT, "event", None)
    else:
        words = Span(start=measure.start, end=measure.end)
        is_own = account.span.overlaps(words)
        yield _ground(Part.TARGET, Origin.STATED if is_own else Origin.CARRIED, measure.measure.id, words)
    if window is not None:
        is_carried = window.origin is WindowOrigin.CARRIED
        yield _ground(Part.WINDOW, Origin.CARRIED if is_carried else Origin.STATED, window.origin.value, window.span)
    if forecast.refusal is not None:
        yield _ground(Part.SETTLING, Origin.RULE, forecast.refusal.value, None)


def _ground(part: Part, origin: Origin, rule: str, span: Span | None) -> Ground:
    return Ground(part=part, origin=origin, rule=rule, span=span)
