"""Dependency trees by UDPipe with the model of `udchinese`, fed with the tagger's words and tags.

Its own tokenizer cuts names apart (達利歐 in three), so it only parses. The model knows full-width punctuation.
"""

from collections.abc import Sequence
from functools import cache
from importlib import metadata, resources

from ufal.udpipe import Model, Sentence

from extract.reading import Tree, Word
from schemas.errors import BackendError

_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", "%": "％"})
# LAC's tag → universal and Penn-like tags as in the Chinese GSD treebank, on which the model was trained.
_TAGS = {
    "n": ("NOUN", "NN"), "nz": ("PROPN", "NNP"), "nw": ("PROPN", "NNP"), "PER": ("PROPN", "NNP"),
    "ORG": ("PROPN", "NNP"), "LOC": ("PROPN", "NNP"), "TIME": ("NOUN", "NN"), "t": ("NOUN", "NN"), "s": ("NOUN", "NN"),
    "v": ("VERB", "VV"), "vn": ("NOUN", "NN"), "vd": ("ADV", "RB"), "a": ("ADJ", "JJ"), "an": ("NOUN", "NN"),
    "ad": ("ADV", "RB"), "d": ("ADV", "RB"), "f": ("ADP", "IN"), "r": ("PRON", "PRP"), "m": ("NUM", "CD"),
    "q": ("NOUN", "NNB"), "p": ("ADP", "IN"), "c": ("CCONJ", "CC"), "u": ("PART", "UH"), "xc": ("PART", "UH"),
    "w": ("PUNCT", "."), "nr": ("PROPN", "NNP"), "ns": ("PROPN", "NNP"), "nt": ("PROPN", "NNP"),
}  # fmt: skip
_PARTICLES = {
    "的": ("PART", "DEC"), "之": ("PART", "DEC"), "地": ("PART", "DEV"), "得": ("PART", "DEV"), "了": ("PART", "AS"),
    "著": ("PART", "AS"), "着": ("PART", "AS"), "過": ("PART", "AS"), "过": ("PART", "AS"),
}  # fmt: skip
_COPULAS = {"是": ("AUX", "VC"), "為": ("AUX", "VC"), "为": ("AUX", "VC")}


class UdpipeParser:
    """Trees for sentences, built on demand."""

    # Words; longer stretches are lists and tables, whose trees say nothing, and parsing time grows with length.
    longest_sentence = 150

    @property
    def name(self) -> str:
        """The engine with its version, and the package its model comes from."""
        return f"ufal.udpipe {metadata.version('ufal.udpipe')} (udchinese {metadata.version('udchinese')})"

    def parse(self, words: Sequence[Word], first_word: int) -> Tree | None:
        """Return the tree over the words; see `extract.tagging.protocol.Parser`."""
        if not 1 < len(words) <= self.longest_sentence:
            return None
        sentence = Sentence()
        for word in words:
            added = sentence.addWord("".join(word.text.split()).translate(_WIDE))
            added.upostag, added.xpostag = _tags_of(word)
        _model().parse(sentence, Model.DEFAULT)
        parsed = [sentence.words[index] for index in range(1, len(words) + 1)]
        return Tree(first_word, tuple(word.head - 1 for word in parsed), tuple(word.deprel for word in parsed))


@cache
def _model() -> Model:
    path = resources.files("udchinese").joinpath("ud-chinese.udpipe")
    model = Model.load(str(path))
    if model is None:
        raise BackendError(
            "tagging.model_unreadable", f"{path} is no UDPipe model: install udchinese again", path=str(path)
        )
    return model


def _tags_of(word: Word) -> tuple[str, str]:
    if word.text in _COPULAS:
        return _COPULAS[word.text]
    if word.text in _PARTICLES and word.pos in {"u", "xc"}:
        return _PARTICLES[word.text]
    return _TAGS.get(word.pos, ("NOUN", "NN"))
