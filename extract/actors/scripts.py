"""Folding of names, so that the lexicon and the text are compared in one form."""

from collections.abc import Sequence
from typing import Final

from extract.normalize import shadow_of

DOT: Final = "·"
"""The one dot between the parts of a foreign name, whichever the text uses."""

_DOTS: Final = str.maketrans(dict.fromkeys("‧•・･∙⋅●‧．", DOT) | {"’": "'", "‘": "'", "–": "-"})


def fold_dots(shadow: str) -> str:
    """Return the shadow with every sort of name dot, apostrophe and dash made one, lengths untouched.

    Example:
        >>> fold_dots("史蒂文•姆努钦")
        '史蒂文·姆努钦'
    """
    return shadow.translate(_DOTS)


def fold_names(names: Sequence[str]) -> list[str]:
    """Return the names as they stand in a folded text; one pass over all, which is what makes it quick.

    Example:
        >>> fold_names(["達利歐", "比爾‧蓋茲"])
        ['达利欧', '比尔·盖兹']
    """
    return fold_dots(shadow_of("\n".join(names))).split("\n") if names else []
