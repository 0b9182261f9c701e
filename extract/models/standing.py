"""How a possible speaker stands to a proposition: by what was said, by where it is named, by who spoke before it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.attribution.lexicon import words
from extract.models.stage import NARRATOR, Place, Speakers, Stage
from schemas.actor import ANALYSTS, MARKET

_ADJACENT = re.compile(r"^[了着过道到说]?[\s,:]*[「『“]?$")
_COMMA = re.compile("[,;。:!?]")
_FAR = 4  # sentences; further ones are all alike


@dataclass(slots=True)
class History:
    """What was decided so far in a document: who spoke at the propositions before."""

    previous: Speakers | None = None
    place: Place | None = None
    last: Speakers | None = None
    turns: int = 0

    def followed_by(self, place: Place, chosen: Speakers) -> "History":
        """Return the history with one more decision."""
        turns = self.turns + 1 if chosen == self.previous else 1
        return History(chosen, place, chosen if chosen != NARRATOR else self.last, turns)

    def zone(self, place: Place) -> str:
        """Return where the proposition before stands: in the same sentence, in the paragraph, or before."""
        if self.place is None:
            return "start"
        if self.place.index == place.index:
            return "sentence"
        near = "next" if self.place.index + 1 == place.index else "far"
        return near if self.place.paragraph == place.paragraph else f"{near}paragraph"


@dataclass(frozen=True, slots=True)
class Standing:
    """What describes a candidate at a place, coarse words for features; `parts` are those of `candidates_at`."""

    parts: tuple[str, ...]
    kind: str
    speech: str
    name: str
    turn: str
    share: str
    ahead: str
    is_headed: bool
    size: int

    @property
    def sides(self) -> tuple[str, ...]:
        """What features are made of, alone and together."""
        return self.kind, self.speech, self.name, self.turn, self.ahead, self.share


def kind_of(stage: Stage, speakers: Speakers) -> str:
    """Return what sort of speaker it is."""
    if speakers == NARRATOR:
        return "narrator"
    return "crowd" if speakers[0] in (ANALYSTS, MARKET) else stage.view.actor_types.get(speakers[0], "actor")


def standing_of(stage: Stage, place: Place, proposed: tuple[Speakers, Sequence[str]], history: History) -> Standing:
    """Return how one who is proposed, with the parts played around the place, stands to it after who spoke before."""
    speakers, parts = proposed
    return Standing(
        parts=tuple(parts),
        kind=kind_of(stage, speakers),
        speech="|".join(_by_speech(stage, place, speakers)),
        name="|".join(_by_name(stage, place, speakers[0])),
        turn=f"{speakers == history.previous}{speakers == history.last}{history.zone(place)}",
        share=_share(stage, speakers),
        ahead=_ahead(stage, place, speakers),
        is_headed=speakers[0] in stage.headed,
        size=len(speakers),
    )


def _ahead(stage: Stage, place: Place, speakers: Speakers) -> str:
    """Return whose cue comes next, theirs or another's, and whether still in this sentence or paragraph."""
    near, end = stage.spoken[place.upto : place.upto + _AHEAD], place.span.end
    following = next((f for f in near if f.lead and f.lead.start >= end), None)
    if following is None or following.lead is None:
        return "none"
    whose = "same" if following.speakers == speakers else "other"
    if following.lead.start < place.sentence.span.end:
        return f"{whose}sentence"
    return f"{whose}paragraph" if following.content.start < stage.ends[place.sentence.paragraph_index] else "none"


_AHEAD = 4  # frames behind the place among which the next cue is looked for


def _share(stage: Stage, speakers: Speakers) -> str:
    """Return how much of all speech and of all names is theirs; for the narrator, how far one voice outdoes all."""
    total = max(1, stage.turns.total())
    if speakers == NARRATOR:
        return f"{5 * max(stage.turns.values(), default=0) // total}of{min(4, len(stage.turns))}"
    named = 8 * len(stage.mentions.get(speakers[0], ())) // max(1, len(stage.actors))
    return f"{5 * stage.turns[speakers] // total}{min(4, named)}"


def _by_speech(stage: Stage, place: Place, speakers: Speakers) -> Iterator[str]:
    """Yield whether a frame of theirs holds the place, and how far back their last cue stands."""
    nearest = place.frame
    holds = nearest is not None and nearest.speakers == speakers
    held = f"{nearest.speech.value}{nearest.category}" if nearest else ""
    yield f"holds{held}" if holds else f"other{held}" if nearest else "free"
    if speakers == NARRATOR:
        yield f"{_distance(place, place.last.content.start)}" if place.last else "-"
        return
    leads = stage.leads.get(speakers, ())
    upto = bisect_right(leads, place.span.start, key=lambda f: f.lead.start if f.lead else 0)
    if not upto:
        yield "-"
        return
    frame = leads[upto - 1]
    start = frame.lead.start if frame.lead else frame.content.start
    yield f"{_distance(place, start, stage)}{'p' if start >= place.paragraph else 'd'}"
    yield frame.category
    others = {f.speakers for f in stage.spoken[max(0, place.upto - 6) : place.upto] if f.lead and f.lead.start > start}
    yield f"{min(2, len(others - {speakers}))}"


def _distance(place: Place, start: int, stage: Stage | None = None) -> int:
    if start >= place.sentence.span.start:
        return 0
    if stage is None:
        return 1
    sentences = stage.view.reading.sentences[max(0, place.index - _FAR) : place.index]
    return 1 + sum(1 for sentence in sentences if sentence.span.start > start)


def _by_name(stage: Stage, place: Place, actor: str) -> Iterator[str]:
    """Yield where the candidate is named last before the place, what stands between, and whether the place names it."""
    starts = stage.mentions.get(actor, ())
    at = bisect_left(starts, place.span.start)
    if at < len(starts) and starts[at] < place.sentence.span.end:
        inside = starts[at] < place.span.end
        yield ("subject" if starts[at] - place.span.start < _HEAD else "within") if inside else "behind"
    else:
        yield "absent"
    if not at:
        yield "-"
        return
    start = starts[at - 1]
    if start < place.sentence.span.start:
        yield f"{_distance(place, start, stage)}{'p' if start >= place.paragraph else 'd'}"
        return
    yield from _between(stage, place, start)


_HEAD = 3  # characters from the start of a proposition within which its subject stands


def _between(stage: Stage, place: Place, start: int) -> Iterator[str]:
    """Yield what stands between a name and a proposition of one sentence: breaks, other names, cues."""
    shadow, end = stage.view.reading.shadow, place.span.start
    cue = None
    for hit in words().cues.find(shadow, start, end):
        cue = hit
    breaks = len(_COMMA.findall(shadow, start, end))
    yield f"here{min(3, breaks)}"
    yield f"first{not _COMMA.search(shadow, place.sentence.span.start, start)}"
    yield f"{cue.category}{_ADJACENT.match(shadow[cue.end : end]) is not None}" if cue else "nocue"
    names = bisect_left(stage.actors, end, key=lambda t: t.span.start) - bisect_right(
        stage.actors, start, key=lambda t: t.span.start
    )
    yield f"{min(2, max(0, names))}"
