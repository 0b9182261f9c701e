"""What happens or not, as relations see it, is what extraction takes for events."""

from extract import lexicon
from extract.predictions.indicators import IndicatorLexicon, Shape
from extract.predictions.lexicon import TargetLexicon
from kg.relations.reading import event_measures


def test_every_event_is_one_that_extraction_knows_and_gives_no_figure() -> None:
    words = lexicon.load("targets", TargetLexicon)
    known = {
        entry.id for entry in lexicon.load("indicators", IndicatorLexicon).indicators if entry.shape is Shape.EVENT
    }
    known |= {measure.id for measure in words.events if measure.shape is Shape.EVENT}
    known |= {f"{rate}.{step}" for rate in ("fed-funds", "policy-rate") for step in words.steps}
    assert event_measures() - known == set()


def test_an_event_without_a_name_is_none_that_can_be_compared() -> None:
    assert not {"event", "release"} & event_measures()
