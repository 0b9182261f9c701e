"""How a possible speaker stands to a proposition: by what was said, by where it is named, by who spoke before it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.attribution.lexicon import words
from extract.models.stage import CROWDS, NARRATOR, Place, Speakers, Stage
from schemas.actor import ANALYSTS, MARKET

_ADJACENT = re.compile(r"^[了着过道到说]?[\s,:]*[「『“]?$")
_COMMA = re.compile("[,;。:!?]")
_BREAKS = re.compile("[,;。:]")
_FAR = 5  # sentences; further ones are all alike
_HEAD = 3  # characters from the start of a proposition within which its subject stands
_CROWD_BACK = 150  # characters before a place in which a crowd may have been named
_NEAR_FRAMES = 8


def grade(value: float, *edges: float) -> int:
    """Return how many of the edges, which rise, a value reaches.

    Example:
        >>> grade(3, 1, 2, 4), grade(0.1, 0.2)
        (2, 0)
    """
    return bisect_right(edges, value)


@dataclass(slots=True)
class History:
    """What was decided so far in a document: who spoke at the propositions before, in all and in this paragraph.

    `shares` keeps the signs of a speaker that are the same all through the document.
    """

    chosen: list[Speakers] = field(default_factory=list)
    place: Place | None = None
    last: Speakers | None = None
    run: int = 0
    in_sentence: int = 0
    tally: Counter[Speakers] = field(default_factory=Counter)
    here: Counter[Speakers] = field(default_factory=Counter)
    places: dict[Speakers, tuple[int, Place]] = field(default_factory=dict)
    shares: dict[Speakers, tuple[str, ...]] = field(default_factory=dict)

    @property
    def previous(self) -> Speakers | None:
        """Who spoke at the proposition before."""
        return self.chosen[-1] if self.chosen else None

    def follow(self, place: Place, chosen: Speakers) -> None:
        """Take in one more decision."""
        self.run = self.run + 1 if chosen == self.previous else 1
        if self.place is None or self.place.paragraph != place.paragraph:
            self.here = Counter()
        self.in_sentence = self.in_sentence + 1 if self.place and self.place.index == place.index else 1
        self.places[chosen] = (len(self.chosen), place)
        self.chosen.append(chosen)
        self.tally[chosen] += 1
        self.here[chosen] += 1
        self.place = place
        self.last = chosen if chosen != NARRATOR else self.last

    def zone(self, place: Place) -> str:
        """Return where the proposition before stands: in the same sentence, in the paragraph, or before."""
        if self.place is None:
            return "start"
        if self.place.index == place.index:
            return "sentence"
        near = "next" if self.place.index + 1 == place.index else "far"
        return near if self.place.paragraph == place.paragraph else f"{near}paragraph"

    def share_here(self, place: Place, speakers: Speakers) -> float | None:
        """Return the share of the paragraph's propositions so far that are theirs, None where there are none."""
        if self.place is None or self.place.paragraph != place.paragraph:
            return None
        return self.here[speakers] / self.here.total()


def kind_of(stage: Stage, speakers: Speakers) -> str:
    """Return what sort of speaker it is: an actor type, `author`, `analysts` or `market`."""
    who = speakers[0]
    return who if speakers == NARRATOR or who in (ANALYSTS, MARKET) else stage.view.actor_types.get(who, "actor")


def candidate_signs(
    stage: Stage, place: Place, proposed: tuple[Speakers, Sequence[str]], history: History
) -> list[str]:
    """Return how one who is proposed, with the parts played around the place, stands to it after who spoke before."""
    speakers, parts = proposed
    kind, frame = kind_of(stage, speakers), place.frame
    holds = frame is not None and frame.speakers == speakers
    found = [f"kind={kind}", *(f"part={part}" for part in parts), f"parts={min(4, len(parts))}"]
    found += [f"size={len(speakers)}", f"holds={holds if frame else ''}&{kind == NARRATOR[0]}"]
    if frame and holds:
        found += [f"holdscategory={frame.category}", f"holdsspeech={frame.speech.value}"]
    found += _by_history(place, speakers, history)
    if stage.issuer is not None:
        found += _by_issuer(stage, place, speakers)
    if speakers == NARRATOR:
        loudest = max(stage.turns.values(), default=0) / max(1, stage.turns.total())
        return [*found, f"narratorbeside={grade(loudest, 0.3, 0.5, 0.7, 0.9)}"]
    found += _by_speech(stage, place, speakers)
    found.append(f"ahead={_ahead(stage, place, speakers)}")
    if kind in CROWDS:
        return [*found, *_by_crowd(stage, place, kind)]
    if speakers not in history.shares:
        history.shares[speakers] = tuple(_by_share(stage, speakers))
    return [*found, *_by_name(stage, place, speakers[0]), *history.shares[speakers]]


def _by_issuer(stage: Stage, place: Place, speakers: Speakers) -> Iterator[str]:
    """Yield whether they give out what the document reports, or keep out of it; more where nobody introduces it."""
    part = "issuer" if speakers == stage.issuer else "narrator" if speakers == NARRATOR else "other"
    yield f"issued={part}"
    yield f"issued={part}&{place.reach}"


def _by_history(place: Place, speakers: Speakers, history: History) -> Iterator[str]:
    chosen = history.chosen
    yield f"previous={history.previous == speakers}"
    yield f"beforeprevious={len(chosen) > 1 and chosen[-2] == speakers}"
    yield f"lastspeaker={history.last == speakers}"
    yield f"run={grade(history.run if history.previous == speakers else 0, 1, 2, 3, 5)}"
    share = history.share_here(place, speakers)
    yield f"ofparagraph={'' if share is None else grade(share, 0.01, 0.34, 0.67, 0.99)}"
    yield f"ofdocument={grade(history.tally[speakers] / len(chosen), 0.01, 0.1, 0.25, 0.5, 0.8) if chosen else ''}"
    if speakers not in history.places:
        yield "since="
        return
    number, before = history.places[speakers]
    yield f"since={grade(len(chosen) - 1 - number, 1, 2, 4, 8)}"
    yield f"back={grade(place.index - before.index, 1, 2, 3, 5)}{before.paragraph == place.paragraph}"


def _by_speech(stage: Stage, place: Place, speakers: Speakers) -> Iterator[str]:
    """Yield how far back their last cue stands, who spoke since, and where their next one comes."""
    leads = stage.leads.get(speakers, ())
    upto = bisect_right(leads, place.span.start, key=lambda f: f.start)
    frame = leads[upto - 1] if upto else None
    if frame is None or frame.lead is None:
        yield "lead="
    else:
        start, distance = frame.lead.start, _distance(stage, place, frame.lead.start)
        near = stage.spoken[max(0, place.upto - _NEAR_FRAMES) : place.upto]
        others = {f.speakers for f in near if f.lead and f.lead.start > start} - {speakers}
        yield f"lead={distance}{start >= place.paragraph}"
        yield f"leadcategory={frame.category}&{min(distance, 2)}"
        yield f"leadspeech={frame.speech.value}"
        yield f"leadothers={min(3, len(others))}"
        yield f"leadreaches={frame.content.end > place.span.start}"
        yield f"leadquotes={stage.view.reading.shadow[frame.lead.end - 1] in '「“『'}"
        yield f"leads={grade(upto, 1, 2, 4)}"
        yield f"leadbehind={frame.content.end <= frame.lead.start}"
    following = leads[upto].lead if upto < len(leads) else None
    yield f"next={_nearness(stage, place, following.start) if following else ''}"


def _nearness(stage: Stage, place: Place, start: int) -> str:
    if start < place.sentence.span.end:
        return "sentence"
    sentences = stage.view.reading.sentences
    if place.index + 1 < len(sentences) and start < sentences[place.index + 1].span.end:
        return "sentenceafter"
    return "paragraph" if start < stage.ends[place.sentence.paragraph_index] else "document"


def _distance(stage: Stage, place: Place, start: int) -> int:
    """Return how many sentences back a position stands, 0 in the same one."""
    if start >= place.sentence.span.start:
        return 0
    sentences = stage.view.reading.sentences[max(0, place.index - _FAR) : place.index]
    return 1 + sum(1 for sentence in sentences if sentence.span.start > start)


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


def _by_crowd(stage: Stage, place: Place, crowd: str) -> Iterator[str]:
    """Yield where a crowd is named last before the place, and by which cue it is followed."""
    shadow, start = stage.view.reading.shadow, place.span.start
    named = None
    for match in CROWDS[crowd].finditer(shadow, max(place.paragraph, start - _CROWD_BACK), start):
        named = match
    if named:
        cue = None
        for hit in words().cues.find(shadow, named.end(), start):
            cue = hit
        breaks = len(_BREAKS.findall(shadow, named.end(), start))
        yield f"crowd={named.start() >= place.sentence.span.start}{min(2, breaks)}"
        yield f"crowdcue={cue.category if cue else ''}"
    yield f"crowdinside={CROWDS[crowd].search(shadow, start, place.span.end) is not None}"


def _by_name(stage: Stage, place: Place, actor: str) -> Iterator[str]:
    """Yield where the candidate is named, in the proposition, behind it and last before it."""
    starts, sentence = stage.mentions.get(actor, ()), place.sentence.span
    at = bisect_left(starts, place.span.start)
    if at < len(starts) and starts[at] < sentence.end:
        inside = starts[at] < place.span.end
        own = "subject" if starts[at] - place.span.start < _HEAD else "within"
        yield f"named={own if inside else 'behind'}"
    else:
        yield "named="
    if at and starts[at - 1] >= sentence.start:
        yield from _between(stage, place, starts[at - 1])
    else:
        before = starts[at - 1] if at else None
        yield f"namedback={'' if before is None else f'{_distance(stage, place, before)}{before >= place.paragraph}'}"
    other = place.inside[0] if place.inside else None
    is_other = other is not None and other.actor_id != actor and other.span.start - place.span.start < _HEAD
    yield f"othersubject={is_other}"
    above = place.before
    yield f"lastname={above[-1].actor_id == actor if above else ''}"
    yield f"firstname={above[0].actor_id == actor if above else ''}"
    opens = bool(above) and above[0].actor_id == actor and above[0].span.start - sentence.start <= _HEAD
    yield f"sentencesubject={opens}"


def _between(stage: Stage, place: Place, start: int) -> Iterator[str]:
    """Yield what stands between a name and a proposition of one sentence: breaks, other names, cues."""
    shadow, end = stage.view.reading.shadow, place.span.start
    cue = None
    for hit in words().cues.find(shadow, start, end):
        cue = hit
    yield f"namedhere={min(3, len(_COMMA.findall(shadow, start, end)))}"
    yield f"namedfirst={not _COMMA.search(shadow, place.sentence.span.start, start)}"
    yield f"namedcue={f'{cue.category}{_ADJACENT.match(shadow[cue.end : end]) is not None}' if cue else ''}"
    names = bisect_left(stage.actors, end, key=lambda t: t.span.start) - bisect_right(
        stage.actors, start, key=lambda t: t.span.start
    )
    yield f"namesbetween={min(2, max(0, names))}"


def _by_share(stage: Stage, speakers: Speakers) -> Iterator[str]:
    """Yield how much of all speech and of all names is theirs, and whether headings or the beginning name them."""
    actor = speakers[0]
    mentions, turns = len(stage.mentions.get(actor, ())), stage.turns[speakers]
    yield f"mentionshare={grade(mentions / max(1, len(stage.actors)), 0.05, 0.1, 0.2, 0.35)}"
    yield f"mentions={grade(mentions, 1, 2, 4, 8)}"
    yield f"rank={grade(stage.ranks[actor], 1, 2, 4) if actor in stage.ranks else ''}"
    yield f"turnshare={grade(turns / max(1, stage.turns.total()), 0.01, 0.1, 0.2, 0.35, 0.5, 0.7)}"
    yield f"turns={grade(turns, 1, 2, 3, 5)}"
    yield f"headed={actor in stage.headed}"
    yield f"headedlast={bool(stage.headed) and stage.headed[-1] == actor}"
    yield f"topic={stage.topic == actor}"
    first = next((f.lead.start for f in stage.leads.get(speakers, ()) if f.lead), None)
    length = max(1, len(stage.view.reading.shadow))
    yield f"firstlead={'' if first is None else grade(first / length, 0.1, 0.3, 0.6)}"
