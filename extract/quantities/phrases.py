"""Words that begin with a numeral and mean no number (一致, 四川, 十足)."""

from functools import cache

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.words import any_of
from schemas.base import Model


class PhraseList(Model):
    """The file set_phrases.yaml."""

    phrases: tuple[str, ...]


@cache
def set_phrases() -> str:
    """Return a pattern of all set phrases on the shadow.

    Example:
        >>> import re
        >>> re.match(set_phrases(), "四川省")[0]  # Sichuan
        '四川'
    """
    return any_of(map(shadow_of, load("set_phrases", PhraseList).phrases))
