"""Most persons and organisations are withheld, the same ones each time; what is left is a base that holds together."""

import sys
from pathlib import Path

import pytest

from api.evaluation_withheld import main, withheld_base
from extract.actors.base import load_base
from schemas.actor import ActorType


def test_the_same_actors_are_withheld_each_time() -> None:
    assert list(withheld_base(load_base()).records) == list(withheld_base(load_base()).records)


def test_states_media_and_places_stay() -> None:
    whole, left = load_base().records, withheld_base(load_base()).records
    gone = {record.actor_type for actor_id, record in whole.items() if actor_id not in left}
    assert gone == {ActorType.PERSON, ActorType.ORGANISATION}


def test_nobody_is_left_with_an_employer_that_is_gone() -> None:
    left = withheld_base(load_base()).records
    assert {role.employer_id for record in left.values() for role in record.roles} <= set(left)


def test_without_gold_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluation_withheld", "--gold", str(tmp_path)])
    main()
    assert "no figures" in capsys.readouterr().out
