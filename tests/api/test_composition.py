"""The pipeline is put together once, and stays out of the way of Python's collector of garbage."""

import gc
import json
import subprocess
import sys

import pytest

from api.composition import _kept_for_good

MADE = """
import gc, json
from api.composition import pipeline
enabled = gc.isenabled()
made = pipeline()
told = {"before": enabled, "after": gc.isenabled(), "kept": gc.get_freeze_count(), "same": made is pipeline()}
print(json.dumps(told))
"""
OBJECTS = 50_000  # lexicons and models are more than this


def test_models_are_kept_out_of_the_collectors_way() -> None:
    told = json.loads(subprocess.run([sys.executable, "-c", MADE], check=True, capture_output=True, text=True).stdout)
    assert (told["before"], told["after"], told["same"]) == (True, True, True)
    assert told["kept"] > OBJECTS


def test_the_collector_goes_on_where_the_pipeline_could_not_be_made() -> None:
    def fail() -> None:
        with _kept_for_good():
            assert not gc.isenabled()
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert gc.isenabled()
    gc.unfreeze()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with _kept_for_good():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
