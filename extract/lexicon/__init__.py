"""Lexicons: YAML as data, read once a process and checked by a pydantic model before anybody sees it."""

from functools import cache
from importlib import resources
from typing import TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

from schemas.errors import DomainError

M = TypeVar("M", bound=BaseModel)

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str, model: type[M]) -> M:
    """Return `extract/lexicon/<name>.yaml` as a checked model; every later call gives the same object.

    Args:
        name: path below `extract/lexicon` without its ending, for example `units` or `actors/banks`.
        model: what the file must hold; its validators are the lint of that lexicon.

    Raises:
        DomainError: the file is absent, is no YAML, or breaks the model, code "lexicon.invalid"; the message names
            the file and the place in it.

    Example:
        >>> from pydantic import RootModel
        >>> "港元" in load("regions", RootModel[dict[str, list[str]]]).root["zh-HK"]  # Hong Kong dollar
        True
    """
    return cast("M", _checked(name, model))


def parse(source: str, model: type[M], *, name: str) -> M:
    """Return the YAML text as a checked model: what `load` does, on text already at hand.

    Raises:
        DomainError: code "lexicon.invalid", as in `load`.
    """
    try:
        data = yaml.load(source, Loader=_Loader)  # noqa: S506 (a safe loader, the C one where libyaml is there)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _invalid(name, f"line {mark.line + 1}" if mark else "whole file", "is not YAML") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "whole file"
        raise _invalid(name, place, first["msg"]) from error


@cache
def _checked(name: str, model: type[BaseModel]) -> BaseModel:
    try:
        source = resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _invalid(name, "whole file", "cannot be read") from error
    return parse(source, model, name=name)


def _invalid(name: str, place: str, problem: str) -> DomainError:
    message = f"lexicon {name}.yaml, {place}: {problem}: mend the file"
    return DomainError("lexicon.invalid", message, path=f"{name}.yaml", place=place)
