"""What the choice of a speaker looks at whoever is proposed: the place, its words, what was chosen before, the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from extract.attribution.lexicon import words
from extract.models.features import is_quoted, signs_in, times_of
from extract.models.stage import NARRATOR, Place, Stage
from extract.models.standing import History, grade
from extract.phrases import Hit
from extract.placing import starting_in, touching, words_in
from extract.reading import Word

_OPENERS: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(forms)
    for name, forms in {
        "but": "但|不过|可是|然而|只是|而是|却",
        "and": "并|且|而且|同时|此外|另外|另|又|也|亦|还",
        "this": "这|此|该",
        "so": "因此|所以|于是|故|结果|因为|由于",
        "as": "至于|其中|包括|尤其|特别是",
        "pronoun": "他|她|它",
        "self": "我|本人|本行|笔者",
        "you": "你|您",
        "if": "若|如果|一旦|只要|除非|倘|万一|假如",
        "when": r"今年|明年|去年|下半年|上半年|第|本季|年底|目前|\d",
        "not": "不|没|别",
    }.items()
}
_SELF = re.compile("我|笔者")
_REFERS = re.compile("他|她|该|公司|政府|官方|这位")
_FORMER = re.compile("曾|原先|原本|当时|去年|说过|先前|此前")
_FORMER_BEFORE = re.compile("曾|原先|原本|当时|说过|当初")
_TURNS = "结果|实际|如今|事后|不过|但|然而|果然|最终|后来"
_TURNS_BACK = re.compile(f"(?:{_TURNS}|却|随即|应声|终场|盘中|收|股价)")
_TURNED_BACK = re.compile(f"(?:{_TURNS}|顺带一提)[,]?$")
_MARKS = " ,:「『“"
_CLOSING = " ,」』”。"
_NEAR_START = 3  # characters from the start within which something still opens a sentence or a proposition
_BACK = 300  # characters of a sentence before a proposition that are looked at; lists run on for longer


def document_signs(stage: Stage) -> list[str]:
    """Return how loud, how full of cues, voices and first persons a document is, in coarse steps."""
    shadow, sentences = stage.view.reading.shadow, stage.view.reading.sentences
    count, pages = max(1, len(sentences)), max(1, len(shadow)) / 400
    cued = sum(1 for frame in stage.spoken if frame.lead) / count
    loudest = max(stage.turns.values(), default=0) / max(1, stage.turns.total())
    return [
        *(f"trait={trait}" for trait in stage.view.traits),
        f"cued={grade(cued, 0.1, 0.25, 0.5, 0.8)}",
        f"loudest={grade(loudest, 0.3, 0.5, 0.7, 0.9)}",
        f"voices={grade(len(stage.turns), 1, 2, 4, 7, 10)}",
        f"selves={grade(len(_SELF.findall(shadow)) / pages, 0.3, 1, 3)}",
        f"questions={grade(shadow.count('?') / pages, 0.5, 1.5, 4)}",
        f"length={grade(len(shadow), 600, 1000, 1500, 3000)}",
        f"headings={grade(sum(sentence.is_heading for sentence in sentences) / count, 0.1, 0.25)}",
    ]


def place_signs(stage: Stage, place: Place, history: History) -> list[str]:
    """Return what a place looks like, whoever speaks there."""
    shadow = stage.view.reading.shadow
    before = shadow[max(place.sentence.span.start, place.span.start - _BACK) : place.span.start]
    return [
        *_position(stage, place),
        *_quoting(stage, place),
        *_content(stage, place),
        *_words(stage, place, before),
        *_cues(stage, place, before),
        *_frame(stage, place),
        *_before(stage, place, history),
    ]


def _position(stage: Stage, place: Place) -> Iterator[str]:
    span, sentence, shadow = place.span, place.sentence, stage.view.reading.shadow
    offset = span.start - sentence.span.start
    opens = offset < _NEAR_START
    yield f"opens={opens}"
    yield f"opensparagraph={opens and sentence.span.start == place.paragraph}"
    yield f"reach={place.reach}"
    yield f"heading={sentence.is_heading}"
    yield f"third={3 * place.index // max(1, len(stage.view.reading.sentences))}"
    yield f"top={min(3, place.index)}"
    yield f"mark={shadow[span.start - 1 : span.start].strip()}"
    yield f"end={shadow[span.end : span.end + 1]}"
    yield f"offset={grade(offset, 1, 6, 14, 30, 60)}"
    yield f"size={grade(span.end - span.start, 8, 14, 22, 35)}"


def _quoting(stage: Stage, place: Place) -> Iterator[str]:
    reading, sentence = stage.view.reading, place.sentence.span
    quoted = is_quoted(reading.quotations, place.span.start, place.span.end)
    yield f"quoted={quoted}"
    yield f"sentencequotes={reading.shadow[sentence.start] in '「“『'}"
    yield f"quotesbefore={bool(starting_in(reading.quotations, sentence.start, place.span.start))}&{quoted}"
    yield f"quotesnext={reading.shadow[sentence.end : sentence.end + 1] in ('「', '“')}"


def _content(stage: Stage, place: Place) -> Iterator[str]:
    view, start, end = stage.view, place.span.start, place.span.end
    text = view.reading.shadow[start:end]
    yield f"figures={min(3, len(touching(view.layers.quantities, start, end)))}"
    yield from (f"sign={sign}" for sign in signs_in(text))
    yield from (f"time={time}" for time in times_of(view, place.sentence.span.start, start, end))
    yield f"self={'我' in text}"
    named = touching(view.layers.actors.tags, start, end)
    yield f"names={min(2, len(named))}"
    if named:
        yield f"firstname={named[0].actor_type.value}&{named[0].span.start - start < _NEAR_START}"
    above = touching(view.layers.actors.tags, place.sentence.span.start, start)
    yield f"person={any(tag.actor_type.value == 'person' for tag in above)}"


def _words(stage: Stage, place: Place, before: str) -> Iterator[str]:
    reading, span = stage.view.reading, place.span
    text = span.of(reading.shadow)
    for name, pattern in _OPENERS.items():
        if pattern.match(text):
            yield f"opener={name}"
        if pattern.match(before):
            yield f"sentenceopener={name}"
    own = _forms(reading.shadow, words_in(reading.words, span.start, span.end))
    above = _forms(reading.shadow, words_in(reading.words, span.start - len(before), span.start)[-2:])
    if own:
        yield f"first={own[0]}"
        yield f"firsttwo={'|'.join(own[:2])}"
    yield from (f"word={word}" for word in dict.fromkeys(own))
    if above:
        yield f"last={above[-1]}"
        yield f"lasttwo={'|'.join(above)}"
    yield f"turnsback={_TURNS_BACK.match(text) is not None}&{_TURNED_BACK.search(before) is not None}"
    yield f"formerbefore={_FORMER_BEFORE.search(before) is not None}"


def _forms(shadow: str, found: Sequence[Word]) -> list[str]:
    texts = [shadow[word.start : word.end] for word in found]
    return ["0" if text[:1].isdigit() else text for text in texts]


def _cues(stage: Stage, place: Place, before: str) -> Iterator[str]:
    """Yield which cues stand before, in and behind a proposition, and whether beside it."""
    shadow, start, end = stage.view.reading.shadow, place.span.start, place.span.end
    above = list(words().cues.find(shadow, start - len(before), start))
    yield f"cuesbefore={min(2, len(above))}"
    if above:
        yield f"cuebefore={above[-1].category}&{not shadow[above[-1].end : start].strip(_MARKS)}"
    below = next(iter(words().cues.find(shadow, end, min(place.sentence.span.end, end + _BACK))), None)
    yield f"cuebehind={f'{below.category}&{not shadow[end : below.start].strip(_CLOSING)}' if below else ''}"
    inside = next(iter(words().cues.find(shadow, start, end)), None)
    yield f"former={_FORMER.search(shadow, start, end) is not None}&{inside is not None}"
    if inside:
        yield from _cue_inside(stage, place, inside)


def _cue_inside(stage: Stage, place: Place, cue: Hit) -> Iterator[str]:
    """Yield what a cue in the proposition itself looks like: where it has its subject there, the saying is the news."""
    start, lead = place.span.start, stage.view.reading.shadow[place.span.start : cue.start]
    named = bool(touching(stage.view.layers.actors.tags, start, cue.start))
    subject = "name" if named else "word" if _REFERS.search(lead) else ""
    yield f"cueinside={cue.category}"
    yield f"cuesubject={subject}&{min(2, lead.count(','))}"
    yield f"cuerest={grade(place.span.end - cue.end, 3, 8, 15)}"


def _frame(stage: Stage, place: Place) -> Iterator[str]:
    frame, shadow, start = place.frame, stage.view.reading.shadow, place.span.start
    if frame is None:
        return
    lead = frame.lead
    yield f"frame={frame.category}&{frame.speech.value}"
    yield f"frameresolved={frame.is_resolved}"
    yield f"framenarrator={frame.speakers == NARRATOR}"
    yield f"framehere={lead is not None and lead.start >= place.sentence.span.start}"
    yield f"framebeside={not shadow[lead.end : start].strip(_MARKS) if lead else ''}"
    if lead and lead.end <= start:
        gap = [min(most, shadow.count(mark, lead.end, start)) for mark, most in ((",", 3), (";", 2), ("。", 2))]
        yield f"framebreaks={gap}"


def _before(stage: Stage, place: Place, history: History) -> Iterator[str]:
    """Yield what the proposition before was, how it is joined to this one, and how much the narrator speaks."""
    zone, before = history.zone(place), history.place
    yield f"zone={zone}"
    yield f"previousnarrator={history.previous == NARRATOR}&{zone}"
    if before is not None:
        reading = stage.view.reading
        gap = reading.shadow[before.span.end : place.span.start]
        spoken = before.frame is not None and before.frame.speakers != NARRATOR
        yield f"previousquoted={is_quoted(reading.quotations, before.span.start, before.span.end)}"
        yield f"previousframe={spoken}&{before.frame is place.frame}"
        yield f"joint={gap.strip()[:1]}&{grade(len(gap), 2, 5, 12)}"
    yield f"insentence={min(3, history.in_sentence) if zone == 'sentence' else 0}"
    here, total = history.share_here(place, NARRATOR), len(history.chosen)
    yield f"narratorhere={'' if here is None else grade(here, 0.01, 0.5, 0.99)}"
    yield f"narrator={grade(history.tally[NARRATOR] / total, 0.1, 0.3, 0.5, 0.7, 0.9) if total else ''}"
