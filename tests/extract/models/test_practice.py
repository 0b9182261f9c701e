"""Learning to choose speakers in two rounds, the second from walks that a rougher choice of other articles made."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from extract.attribution import find_frames
from extract.models.attributor import ModelAttributor
from extract.models.chooser import Chooser
from extract.models.examples import Article, choices_of
from extract.models.practice import PARTS, learn_voices
from schemas.text import Span
from tests.extract.claim_readings import asserted, layers_of, read

TEXT = "林大中說，出口回溫。\n台北股市休市。\n北海銀行認為，利率太高。"
SPOKEN = {"出口回溫": "lin-da-zhong", "台北股市休市": "author", "利率太高": "north-sea-bank"}


def span(words: str) -> Span:
    return Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))


def article(name: str) -> Article:
    reading, layers = read(TEXT), layers_of(TEXT)
    claims: list[dict[str, Any]] = [
        {"start": span(words).start, "end": span(words).end, "speakers": [who]} for words, who in SPOKEN.items()
    ]
    return Article(name, reading, layers, find_frames(reading, layers.actors), {"claims": claims})


def is_same(gold: list[str], ours: Sequence[str]) -> bool:
    return gold == list(ours)


def test_what_was_learned_from_walks_finds_the_speakers_and_is_the_same_each_time() -> None:
    articles = [article(f"a{i}") for i in range(2 * PARTS)]
    shown = {one.name: tuple(choices_of(one, is_same)) for one in articles}
    chooser = learn_voices(articles, shown, lambda _: is_same)
    one = articles[0]
    places = [asserted(span(words)) for words in SPOKEN]
    found = ModelAttributor(chooser).attributions(one.reading, one.layers, one.frames, places)
    assert [attribution.speakers for attribution in found] == [(who,) for who in SPOKEN.values()]
    assert np.array_equal(chooser.first, learn_voices(articles, shown, lambda _: is_same).first)


def test_an_article_is_learned_from_as_often_as_it_says() -> None:
    once = [article(f"a{i}") for i in range(2 * PARTS)]
    thrice = [replace(one, times=3) for one in once]
    shown = {one.name: tuple(choices_of(one, is_same)) for one in once}
    # Three articles show most signs fewer than six times, which is what it takes to be known, unless each counts more.
    known = [len(learn_voices(articles, shown, lambda _: is_same).known) for articles in (once[:PARTS], thrice[:PARTS])]
    assert known[0] < known[1]


def test_a_walk_by_an_earlier_choice_goes_on_with_what_it_chose_itself() -> None:
    by_gold = choices_of(article("a"), is_same)
    by_nothing = choices_of(article("a"), is_same, Chooser.blank())
    assert len(by_gold) == len(by_nothing) == len(SPOKEN)
    assert np.array_equal(by_gold[0].ballot.own[0], by_nothing[0].ballot.own[0])
    assert not np.array_equal(by_gold[2].ballot.own[0], by_nothing[2].ballot.own[0])
