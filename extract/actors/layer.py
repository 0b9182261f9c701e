"""All mentions of actors in a reading, with the actors themselves and what they are to each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.actors.base import ActorBase, load_base
from extract.actors.bodies import find_bodies
from extract.actors.brackets import bracket_names, companies_in_brackets, listed_companies, named_in_brackets
from extract.actors.bylines import find_bylines
from extract.actors.candidates import Candidate, settle
from extract.actors.doubts import confirm
from extract.actors.employment import find_employments
from extract.actors.gazetteer import Gazetteer
from extract.actors.insiders import find_insiders
from extract.actors.labels import drop_epithets, drop_labels
from extract.actors.latin import find_latin
from extract.actors.matching import administrations, institutions, match_base, shipped_gazetteer
from extract.actors.organisations import extended, find_organisations
from extract.actors.parts import belonging, joined_again
from extract.actors.persons import find_persons
from extract.actors.places import find_capitals, single_characters
from extract.actors.propagation import repeats, surnames_speaking, without_verbs
from extract.actors.provisional import identify
from extract.actors.scripts import fold_names
from extract.actors.text import ActorText
from extract.models.names.protocol import NameTagger
from extract.reading import Reading
from schemas.actor import Actor, ActorTag, ActorType, Employment, Name
from schemas.extraction import Skipped
from schemas.text import Locale, Span


@dataclass(frozen=True, slots=True)
class ActorLayer:
    """What a text says of actors; tags in text order, actors in order of first mention.

    `insiders` are the places of unnamed people who speak: no mentions, though they are among the actors.
    `bankers` are the places of unnamed people of finance, whose words are those of analysts: no actors of their own.
    """

    tags: tuple[ActorTag, ...] = ()
    actors: tuple[Actor, ...] = ()
    employments: tuple[Employment, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    insiders: tuple[ActorTag, ...] = ()
    bankers: tuple[ActorTag, ...] = ()


def tag_actors(reading: Reading, *, base: ActorBase | None = None, names: NameTagger | None = None) -> ActorLayer:
    """Return the mentions of actors in a reading.

    Names of the base come first; then names that the text's own form gives away (titles, brackets,
    bylines, endings, the tagger), which get provisional ids; then their repetitions.

    Args:
        reading: the document with its shadow and words; without words the rules still run.
        base: the actors that are known; the shipped base where None.
        names: says of the tagger's doubtful organisations which are names; the shipped one where None.

    Returns:
        The layer; tags never overlap and never leave the text.
    """
    known = load_base() if base is None else base
    gazetteer = shipped_gazetteer() if base is None else Gazetteer.of(known.entries)
    text = ActorText.of(reading, known)
    found = match_base(text.folded, text.words, reading.document.locale, base=known, gazetteer=gazetteer)
    found += [
        *administrations(text.folded, found),
        *institutions(text.folded, found, text.mentions.institutions),
        *extended(text, found),
        *belonging(text, found),
    ]
    found, skipped = drop_labels(text, [*found, *single_characters(text), *find_capitals(text)])
    by_rule = settle([*found, *_by_form(text)])
    confirmed, unasked = confirm(text, by_rule, names)
    first = settle([*by_rule, *confirmed])
    named = without_verbs(text, identify(text, first, bracket_names(text, first, known)))
    repeated = [*repeats(text, named), *joined_again(text, named), *surnames_speaking(text, _persons(named))]
    kept, left_out = drop_labels(text, repeated)
    mentions = drop_epithets(text, settle([*named, *kept]), known)
    unnamed = find_insiders(text, mentions)
    return ActorLayer(
        tags=tuple(_tag(mention) for mention in mentions),
        actors=(*_actors(text, mentions, known), *unnamed.actors),
        insiders=unnamed.told_apart,
        bankers=unnamed.bankers,
        employments=tuple(find_employments(text, mentions)),
        skipped=(*skipped, *unasked, *left_out),
    )


def _by_form(text: ActorText) -> list[Candidate]:
    return [
        *find_persons(text),
        *find_organisations(text),
        *find_bodies(text),
        *listed_companies(text),
        *named_in_brackets(text),
        *companies_in_brackets(text),
        *find_latin(text),
        *(byline.candidate for byline in find_bylines(text)),
    ]


def _persons(mentions: Iterable[Candidate]) -> list[Candidate]:
    return [m for m in mentions if m.actor_type is ActorType.PERSON]


def _tag(mention: Candidate) -> ActorTag:
    span = Span(start=mention.start, end=mention.end)
    return ActorTag(span=span, actor_id=str(mention.actor_id), actor_type=mention.actor_type)


def _actors(text: ActorText, mentions: Sequence[Candidate], base: ActorBase) -> list[Actor]:
    names: dict[str, dict[str, None]] = {}
    for mention in mentions:
        names.setdefault(str(mention.actor_id), {})[mention.of(text.reading.document.text)] = None
    types = {str(m.actor_id): m.actor_type for m in reversed(mentions)}
    return [_actor(text, i, types[i], list(names[i]), base) for i in names]


def _actor(text: ActorText, actor_id: str, actor_type: ActorType, met: list[str], base: ActorBase) -> Actor:
    known = base.actor(actor_id) if actor_id in base.records else None
    names = list(known.names) if known else []
    have = {name.text for name in names}
    script = "zh-Hans" if text.reading.document.locale is Locale.MAINLAND else "zh-Hant"
    for name, folded in zip(met, fold_names(met), strict=True):
        for form, form_script in ((name, "en" if name.isascii() else script), (folded, "zh-Hans")):
            if form not in have:
                have.add(form)
                names.append(Name(text=form, script=form_script))
    if known:
        return known.model_copy(update={"names": tuple(names)})
    return Actor(actor_id=actor_id, actor_type=actor_type, names=tuple(names), is_provisional=True)
