"""The words of attribution, loaded and folded once."""

from dataclasses import dataclass
from functools import cache
from typing import Self

from pydantic import model_validator

from extract import lexicon
from extract.phrases import Phrases, phrases_of
from schemas.base import Model


class CueLexicon(Model):
    """`cues.yaml`: words that attribute, and words that only look like it."""

    categories: dict[str, tuple[str, ...]]
    masks: tuple[str, ...]
    prepositions: tuple[str, ...]
    records: tuple[str, ...]
    documents: tuple[str, ...]
    figures: tuple[str, ...]
    takers: tuple[str, ...]
    reasons: tuple[str, ...]
    negated_by: tuple[str, ...]
    formerly: tuple[str, ...]

    @model_validator(mode="after")
    def _one_category_each(self) -> Self:
        seen: dict[str, str] = {}
        for category, forms in self.categories.items():
            for form in forms:
                if seen.setdefault(form, category) != category:
                    raise ValueError(f"cue {form} stands in {seen[form]} and in {category}")
        return self


class SpeakerLexicon(Model):
    """`speakers.yaml`: words that stand for speakers without naming them."""

    analysts: tuple[str, ...]
    market: tuple[str, ...]
    person: tuple[str, ...]
    organisation: tuple[str, ...]
    plural: tuple[str, ...]
    house: tuple[str, ...]
    company: tuple[str, ...]
    state: tuple[str, ...]
    first_person: tuple[str, ...]
    narrator: tuple[str, ...]
    frame_ends: tuple[str, ...]
    somebody: tuple[str, ...]
    questioners: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled phrases that the finders use."""

    cues: Phrases
    masks: Phrases
    prepositions: Phrases
    records: Phrases
    documents: Phrases
    figures: Phrases
    takers: Phrases
    reasons: Phrases
    negated_by: tuple[str, ...]
    formerly: Phrases
    unnamed: Phrases
    frame_ends: tuple[str, ...]
    somebody: Phrases
    questioners: Phrases
    answers: Phrases


@cache
def words() -> Words:
    """Return the words of attribution; the files are read once a process."""
    cues = lexicon.load("cues", CueLexicon)
    speakers = lexicon.load("speakers", SpeakerLexicon)
    names = (
        "analysts",
        "market",
        "organisation",
        "plural",
        "house",
        "company",
        "state",
        "person",
        "first_person",
        "narrator",
    )
    unnamed = {name: getattr(speakers, name) for name in names}
    return Words(
        cues=phrases_of(cues.categories),
        masks=phrases_of({"mask": cues.masks}),
        prepositions=phrases_of({"preposition": cues.prepositions}),
        records=phrases_of({"record": cues.records}),
        documents=phrases_of({"document": cues.documents}),
        figures=phrases_of({"figure": cues.figures}),
        takers=phrases_of({"taker": cues.takers}),
        reasons=phrases_of({"reason": cues.reasons}),
        negated_by=tuple(phrases_of({"": cues.negated_by}).categories),
        formerly=phrases_of({"formerly": cues.formerly}),
        unnamed=phrases_of(unnamed),
        frame_ends=tuple(phrases_of({"": speakers.frame_ends}).categories),
        somebody=phrases_of({"somebody": speakers.somebody}),
        questioners=phrases_of({"questioner": speakers.questioners}),
        answers=phrases_of({"answer": speakers.answers}),
    )
