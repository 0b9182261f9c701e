"""Learning on a small base made here: it fits what it is shown, the same way each time, and is written as it is."""

import gzip
from dataclasses import replace

import numpy as np
import pytest

from extract.models.encoder.training.base import Base
from extract.models.names.inputs import MARKS, PLACES_IN_PIECE, Inputs
from extract.models.names.labels import LABELS
from extract.models.names.network import network_of
from extract.models.names.training.learning import LAC_WIDTH, Example, Schedule, initial, learn, scores

torch = pytest.importorskip("torch", reason="torch is a development dependency of training alone")
WIDTH = 96
SCHEDULE = Schedule(
    lowest=2, layers=3, width=16, epochs=25, batch=2, layer_rate=1e-3, head_rate=1e-2, dropout=0.0, head_dropout=0.0
)


def small_base() -> Base:
    """Return a base model of random weights of which the third layer is used."""
    random = np.random.default_rng(3)
    sizes = {f"l2.{c}.w": WIDTH * WIDTH for c in ("q", "k", "v", "ao")}
    sizes |= {f"l2.{c}.b": WIDTH for c in ("q", "k", "v", "ao", "fo", "aln", "oln")}
    sizes |= {"l2.fi.w": 4 * WIDTH * WIDTH, "l2.fi.b": 4 * WIDTH, "l2.fo.w": 4 * WIDTH * WIDTH}
    sizes |= {"l2.aln.w": WIDTH, "l2.oln.w": WIDTH}
    data, tensors = b"", {}
    for name, size in sizes.items():
        values = (np.ones(size) if name.endswith("ln.w") else random.normal(0, 0.05, size)).astype("<f4").tobytes()
        tensors[name] = (0, len(data), len(values))
        data += values
    return Base((), np.zeros(0, np.float32), WIDTH, tensors, data)


def example(seed: int, length: int) -> Example:
    random = np.random.default_rng(seed)
    inputs = Inputs(
        at=tuple(range(length)),
        lac=random.normal(0, 1, (length, LAC_WIDTH)).astype(np.float32),
        lower=random.normal(0, 1, (length + 2, WIDTH)).astype(np.float32),
        owner=np.arange(1, length + 1),
        place=random.integers(0, PLACES_IN_PIECE, length),
        mark=random.integers(0, MARKS, length),
        within=np.zeros(length, np.bool_),
    )
    return Example(inputs, random.integers(0, len(LABELS), length))


EXAMPLES = [example(1, 6), example(2, 4), example(3, 5)]


def test_it_fits_what_it_is_shown_and_is_written_as_it_is() -> None:
    pytest.importorskip("onnx", reason="onnx is a development dependency of training alone")
    from extract.models.names.training.graph import model_bytes

    schedules = [replace(SCHEDULE, seed=seed) for seed in (1, 2)]
    learned = [learn(initial(small_base(), own), EXAMPLES, own, lambda _: None) for own in schedules]
    members = [{name: value.numpy() for name, value in parameters.items()} for parameters in learned]
    network = network_of(gzip.compress(model_bytes(members, SCHEDULE)))
    with torch.no_grad():
        for one in EXAMPLES:
            each = [scores(parameters, SCHEDULE, [one], is_learning=False)[0] for parameters in learned]
            found = torch.stack([torch.log_softmax(judged, dim=-1) for judged in each]).mean(dim=0).numpy()
            assert (found.argmax(axis=1) == one.labels).mean() > 0.8
            assert np.abs(network.scores(one.inputs) - found).max() < 0.5


def test_the_same_seed_gives_the_same_parameters() -> None:
    short = Schedule(lowest=2, layers=3, width=16, epochs=1, batch=2)
    first, second = (learn(initial(small_base(), short), EXAMPLES, short, lambda _: None) for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_padding_changes_no_score() -> None:
    parameters = initial(small_base(), SCHEDULE)
    with torch.no_grad():
        alone = scores(parameters, SCHEDULE, EXAMPLES[1:2], is_learning=False)[0].numpy()
        beside = scores(parameters, SCHEDULE, EXAMPLES, is_learning=False)[1, : len(alone)].numpy()
    assert np.allclose(alone, beside, atol=1e-4)
