"""From annotated articles to a model: what each of them teaches, and what is learned from them together."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Self

from extract.gold import gold_of
from extract.models.choosing import ChoiceExample
from extract.models.examples import Article, Judge, choices_of, examples_of
from extract.models.learning import Example, learn
from extract.models.practice import learn_voices
from extract.models.store import Model
from schemas.errors import InputError
from schemas.extraction import Extraction


@dataclass(frozen=True, slots=True)
class Shown:
    """What one article teaches: how its sentences are parted, and who speaks."""

    article: Article
    partings: tuple[Example, ...]
    choices: tuple[ChoiceExample, ...]

    @classmethod
    def of(cls, article: Article, scorer: ModuleType) -> Self:
        """Return an article with what it teaches; `scorer` judges whether two speakers are the same."""
        return cls(article, tuple(examples_of(article)), tuple(choices_of(article, judge_of(article, scorer))))


def learned(shown: Sequence[Shown], scorer: ModuleType) -> Model:
    """Return the model that articles teach together; the same articles give the same model."""
    partings = [example for one in shown for example in one.partings * one.article.times]
    choices = {one.article.name: one.choices for one in shown}
    voices = learn_voices([one.article for one in shown], choices, lambda article: judge_of(article, scorer))
    return Model(learn(partings), voices)


def judge_of(article: Article, scorer: ModuleType) -> Judge:
    """Return whether gold speakers and ours are the same actors, as the scorer judges it by their names."""
    actors = article.layers.actors
    ours = gold_of(Extraction(document=article.reading.document, actor_tags=actors.tags, actors=actors.actors))
    names = scorer.Names(article.gold, ours)
    return lambda gold, system: bool(names.same_set(gold, list(system)))


def scorer_in(folder: Path) -> ModuleType:
    """Return the module that scores annotations, `score.py` of a folder.

    Raises:
        InputError: it is absent, code "gold.no_scorer".
    """
    path = folder / "score.py"
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None or not path.exists():
        raise InputError("gold.no_scorer", f"{path} is absent: the gold comes with its scorer", path=str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
