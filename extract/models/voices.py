"""Choose the speaker of each proposition among the candidates around it, one after the other through a document.

The rules find frames; what lies just outside them, or inside though the narrator has taken over again, is decided
here by a log-linear choice over hashed features of place and candidate.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from zlib import crc32

import numpy as np
import numpy.typing as npt

from extract.models.crossing import crossed
from extract.models.features import BITS, hashed, is_quoted, signs_in, times_of
from extract.models.stage import NARRATOR, Place, Speakers, Stage, candidates_at, place_of
from extract.models.standing import History, Standing, standing_of
from extract.placing import touching, words_in
from schemas.text import Span

Indices = npt.NDArray[np.int64]
Choice = tuple[Speakers, Indices]
_NEAR_START = 3  # characters from the start within which something still opens a sentence or a proposition


def walk(stage: Stage, spans: Sequence[Span], choose: Callable[[int, list[Choice]], Speakers]) -> Iterator[Speakers]:
    """Yield the speakers of each proposition in text order.

    Args:
        stage: the document.
        spans: its propositions, in text order.
        choose: is given the number of the proposition and the candidates with their features, the narrator first.
    """
    history = History()
    for number, span in enumerate(spans):
        place = place_of(stage, span)
        chosen = choose(number, candidates_with_features(stage, place, history))
        history = history.followed_by(place, chosen)
        yield chosen


def candidates_with_features(stage: Stage, place: Place, history: History) -> list[Choice]:
    """Return the candidates at a place, each with its hashed features; the narrator first."""
    shared = [feature.encode() for feature in _shared_features(stage, place, history)]
    proposed = candidates_at(stage, place)
    standings = [standing_of(stage, place, candidate, history) for candidate in proposed.items()]
    heads = [_heads_of(standing) for standing in standings]
    rows = {head: row for row, head in enumerate(dict.fromkeys(head for own in heads for head in own))}
    table = crossed([crc32(head.encode()) for head in rows], shared).astype(np.int64) & _MASK
    return [
        (speakers, np.concatenate((_own_features(standing), table[[rows[head] for head in own]].ravel())))
        for speakers, standing, own in zip(proposed, standings, heads, strict=True)
    ]


def likeliest(weights: npt.NDArray[np.float32], candidates: Sequence[Choice]) -> Speakers:
    """Return the candidate with the highest score; the first one of equals."""
    return max(candidates, key=lambda candidate: float(weights[candidate[1]].sum()))[0]


def _own_features(standing: Standing) -> Indices:
    """Return the hashed features of what a candidate is, whatever the place."""
    kind, played = standing.kind, "+".join(standing.parts)
    own = [
        f"parts={played}",
        f"parts={played}&{kind}",
        f"share={standing.share}&{kind}",
        f"share={standing.share}&{standing.parts[0]}",
        f"headed={standing.is_headed}&{standing.parts[0]}",
        f"many={standing.size}",
    ]
    return np.array([*(hashed(f"v:{feature}") for feature in own), *_side_features(standing.sides)], dtype=np.int64)


@lru_cache(maxsize=4096)
def _side_features(sides: tuple[str, ...]) -> tuple[int, ...]:
    """Return the hashed features of the sides alone, in pairs and in threes."""
    chosen = (together for size in (1, 2, 3) for together in combinations(enumerate(sides), size))
    return tuple(hashed(f"v:side{together}") for together in chosen)


def _heads_of(standing: Standing) -> list[str]:
    """Return what stands beside each feature of the place: the parts, and four sides."""
    return [
        *(f"p:{part}" for part in standing.parts),
        f"k:{standing.kind}",
        f"s:{standing.speech.partition('|')[0]}",
        f"n:{standing.name}",
        f"t:{standing.turn}",
    ]


_MASK = 2**BITS - 1


def _shared_features(stage: Stage, place: Place, history: History) -> list[str]:
    opens = place.span.start - place.sentence.span.start < _NEAR_START
    return [
        *_frame_features(stage, place, history),
        *_word_features(stage, place, opens=opens),
        f"opens={opens}&{place.reach}",
        f"paragraph={opens and place.sentence.span.start == place.paragraph}",
        f"before={history.previous == NARRATOR}&{history.zone(place)}",
        f"turns={min(4, history.turns)}&{history.zone(place)}",
        f"heading={place.sentence.is_heading}",
        *(f"trait={trait}" for trait in stage.view.traits),
        f"third={3 * place.index // max(1, len(stage.view.reading.sentences))}",
    ]


def _frame_features(stage: Stage, place: Place, history: History) -> Iterator[str]:
    reach, nearest = place.reach, place.nearest
    yield f"reach={reach}{place.frame.category if place.frame else ''}"
    if nearest is None:
        return
    sentences = stage.view.reading.sentences[max(0, place.index - 8) : place.index]
    distance = min(4, sum(1 for sentence in sentences if sentence.span.start >= nearest.content.start))
    turn = history.turns if history.previous == nearest.speakers else 0
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
