"""A lexicon is read once, checked whole, and refused with file and place."""

import pytest
from pydantic import BaseModel, RootModel

from extract.lexicon import load, parse
from schemas.errors import DomainError

Regions = RootModel[dict[str, list[str]]]


class Unit(BaseModel):
    name: str
    factor: int


class Units(BaseModel):
    units: list[Unit]


def test_a_lexicon_is_read_once() -> None:
    assert load("regions", Regions) is load("regions", Regions)


def test_an_absent_lexicon_is_named() -> None:
    with pytest.raises(DomainError, match=r"lexicon nowhere\.yaml") as caught:
        load("nowhere", Regions)
    assert caught.value.code == "lexicon.invalid"


def test_a_wrong_value_is_named_with_its_place() -> None:
    with pytest.raises(DomainError, match=r"lexicon u\.yaml, units\.1\.factor:") as caught:
        parse("units: [{name: 萬, factor: 10000}, {name: 億, factor: much}]", Units, name="u")
    assert caught.value.context["place"] == "units.1.factor"


def test_broken_yaml_is_named_with_its_line() -> None:
    with pytest.raises(DomainError, match=r"lexicon u\.yaml, line 3: is not YAML"):
        parse("units:\n  - {name: 萬\n", Units, name="u")
