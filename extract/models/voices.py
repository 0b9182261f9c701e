"""Choose the speaker of each proposition among the candidates around it, one after the other through a document.

The rules find frames; what lies just outside them, or inside though the narrator has taken over again, is decided
here by a log-linear choice over hashed features of place and candidate.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from extract.models.features import hashed, is_quoted, signs_in, times_of
from extract.models.stage import NARRATOR, Place, Speakers, Stage, candidates_at, place_of
from extract.placing import touching, words_in
from schemas.actor import ANALYSTS, MARKET
from schemas.text import Span

Indices = npt.NDArray[np.int64]
Choice = tuple[Speakers, Indices]
_NEAR_START = 3  # characters from the start within which something still opens a sentence or a proposition


@dataclass(slots=True)
class _History:
    """What was decided so far in this document."""

    before: str = "start"
    last: Speakers | None = None
    turns: dict[int, int] = field(default_factory=dict)

    def record(self, place: Place, chosen: Speakers) -> None:
        spoke = chosen != NARRATOR
        nearest = place.nearest
        if nearest is not None and spoke:
            self.turns[id(nearest)] = self.turns.get(id(nearest), 0) + 1
        self.before = "spoken" if spoke else "narrated"
        self.last = chosen if spoke else self.last


def walk(stage: Stage, spans: Sequence[Span], choose: Callable[[int, list[Choice]], Speakers]) -> Iterator[Speakers]:
    """Yield the speakers of each proposition in text order.

    Args:
        stage: the document.
        spans: its propositions, in text order.
        choose: is given the number of the proposition and the candidates with their features, the narrator first.
    """
    history = _History()
    for number, span in enumerate(spans):
        place = place_of(stage, span)
        shared = _shared_features(stage, place, history)
        candidates = [
            (speakers, _features_of(stage, speakers, parts, shared, history))
            for speakers, parts in candidates_at(stage, place).items()
        ]
        chosen = choose(number, candidates)
        history.record(place, chosen)
        yield chosen


def likeliest(weights: npt.NDArray[np.float32], candidates: Sequence[Choice]) -> Speakers:
    """Return the candidate with the highest score; the first one of equals."""
    return max(candidates, key=lambda candidate: float(weights[candidate[1]].sum()))[0]


def _features_of(
    stage: Stage, speakers: Speakers, parts: Sequence[str], shared: Sequence[str], history: _History
) -> Indices:
    """Return the hashed features of a candidate: what it is, and each shared feature beside each of its parts."""
    kind = _kind(stage, speakers)
    share = 6 * stage.turns[speakers] // max(1, stage.turns.total())
    goes_on = speakers == history.last
    own = [
        f"parts={'+'.join(parts)}",
        f"kind={kind}",
        f"parts={'+'.join(parts)}&{kind}",
        f"share={share}&{kind}",
        f"share={share}&{parts[0]}",
        f"goeson={goes_on}&{'+'.join(parts)}",
        f"headed={speakers[0] in stage.headed}&{parts[0]}",
        f"many={len(speakers)}",
    ]
    crossed = [f"{part}&{feature}" for part in parts for feature in shared]
    crossed += [f"{kind}&{feature}" for feature in shared[:10]]
    crossed += [f"goeson={goes_on}&{feature}" for feature in shared]
    return np.array([hashed(f"v:{feature}") for feature in (*own, *crossed)], dtype=np.int64)


def _kind(stage: Stage, speakers: Speakers) -> str:
    if speakers == NARRATOR:
        return "narrator"
    return "crowd" if speakers[0] in (ANALYSTS, MARKET) else stage.view.actor_types.get(speakers[0], "actor")


def _shared_features(stage: Stage, place: Place, history: _History) -> list[str]:
    opens = place.span.start - place.sentence.span.start < _NEAR_START
    return [
        *_frame_features(stage, place, history),
        *_word_features(stage, place, opens=opens),
        f"opens={opens}&{place.reach}",
        f"paragraph={opens and place.sentence.span.start == place.paragraph}",
        f"before={history.before}",
        f"before={history.before}&{opens}&{place.reach}",
        f"heading={place.sentence.is_heading}",
        *(f"trait={trait}" for trait in stage.view.traits),
        f"third={3 * place.index // max(1, len(stage.view.reading.sentences))}",
    ]


def _frame_features(stage: Stage, place: Place, history: _History) -> Iterator[str]:
    reach, nearest = place.reach, place.nearest
    yield f"reach={reach}{place.frame.category if place.frame else ''}"
    if nearest is None:
        return
    sentences = stage.view.reading.sentences[max(0, place.index - 8) : place.index]
    distance = min(4, sum(1 for sentence in sentences if sentence.span.start >= nearest.content.start))
    turn = history.turns.get(id(nearest), 0)
    lead, shadow = nearest.lead, stage.view.reading.shadow
    follows = lead is not None and lead.end <= place.span.start
    between = shadow[lead.end : place.span.start].strip(" ,:「『“") if lead and follows else "-"
    yield f"distance={distance}&{reach}"
    yield f"turn={min(4, turn)}&{reach}"
    yield f"category={nearest.category}&{reach}&{min(2, turn)}"
    yield f"speech={nearest.speech.value}&{reach}"
    yield f"adjacent={not between}&{reach}"
    yield f"cue={nearest.cue}&{reach}&{min(2, turn)}"


def _word_features(stage: Stage, place: Place, *, opens: bool) -> Iterator[str]:
    view, span, sentence = stage.view, place.span, place.sentence.span
    shadow = view.reading.shadow
    words = [shadow[w.start : w.end] for w in words_in(view.reading.words, span.start, span.end)[:2]]
    before = [shadow[w.start : w.end] for w in words_in(view.reading.words, sentence.start, span.start)[-3:]]
    text = shadow[span.start : span.end]
    named = touching(stage.view.layers.actors.tags, span.start, span.end)
    yield from (f"w{n}={'|'.join(words[:n])}" for n in (1, 2))
    yield from (f"b{n}={'|'.join(before[-n:]) or '^'}" for n in (1, 2, 3))
    yield f"quoted={is_quoted(view.reading.quotations, span.start, span.end)}&{place.reach}"
    yield f"speech={shadow[sentence.start] in '「“『'}&{opens}"
    yield f"named={named[0].actor_type.value if named else ''}&{bool(named) and named[0].span.start - span.start < 3}"
    yield from (f"sign={sign}" for sign in signs_in(text))
    yield from (f"time={time}" for time in times_of(view, sentence.start, span.start, span.end))
    yield f"figure={bool(touching(view.layers.quantities, span.start, span.end))}"
    yield f"self={'我' in text}"
    yield f"end={shadow[span.end : span.end + 1]}"
