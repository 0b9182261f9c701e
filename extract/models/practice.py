"""Learn to choose speakers from choices of one's own: what went before is then as often wrong as it will be."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.models.chooser import Chooser
from extract.models.choosing import CHOICE_SCHEDULE, ChoiceExample, learn_choices
from extract.models.examples import Article, Judge, choices_of

PARTS = 3
"""Articles are read by weights that were learned from the other parts."""
_ROUGHLY = replace(CHOICE_SCHEDULE, networks=1)


def learn_voices(
    articles: Sequence[Article], shown: dict[str, tuple[ChoiceExample, ...]], judge: Callable[[Article], Judge]
) -> Chooser:
    """Return what chooses speakers, learned in two rounds.

    In the first round the gold tells who spoke before each claim. A walk through a new text knows only what it chose
    itself, and an early mistake is carried on; so each part of the articles is walked through with weights learned
    from the others, and the second round learns from these walks alone, from each as often as its article says.

    Args:
        articles: in any order; their names decide which part they are in.
        shown: the examples of the first round, by the article's name.
        judge: gives for an article whether gold speakers and ours are the same.
    """
    ordered = sorted(articles, key=lambda article: article.name)
    practised: list[ChoiceExample] = []
    for part in range(PARTS):
        others = [article for i, article in enumerate(ordered) if i % PARTS != part]
        rough = learn_choices([example for article in others for example in shown[article.name]], _ROUGHLY)
        for article in ordered[part::PARTS]:
            practised += choices_of(article, judge(article), rough) * article.times
    return learn_choices(practised)
