"""Learning on a small base made here: it fits what it is shown, the same way each time, and is written as it is."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from extract.models.encoder.evidence import pointed
from extract.models.encoder.network import BEGIN, INSIDE, OUT, Chances, network_of
from extract.models.encoder.tokens import SIGNS, Tokens
from extract.models.encoder.training.base import Base
from extract.models.encoder.training.batches import IGNORED, Window, batches_of
from extract.models.encoder.training.learning import (
    Parameters,
    Parting,
    Schedule,
    above,
    batch_of,
    below,
    embedded,
    initial,
    learn,
)
from extract.models.encoder.training.pointing import ABSENT, Pointing

torch = pytest.importorskip("torch", reason="torch is a development dependency of training alone")
WIDTH = 96
SCHEDULE = Schedule(frozen=1, tuned=1, epochs=12, batch=2, layer_rate=1e-3, head_rate=1e-2, dropout=0.0)
IDS = list(range(12))


def small_base() -> Base:
    """Return a base model of random weights with two layers."""
    random = np.random.default_rng(3)
    sizes = {"emb.word": len(IDS) * WIDTH, "emb.pos": 64 * WIDTH, "emb.type": WIDTH}
    for layer in range(2):
        sizes |= {f"l{layer}.{c}.w": WIDTH * WIDTH for c in ("q", "k", "v", "ao")}
        sizes |= {f"l{layer}.{c}.b": WIDTH for c in ("q", "k", "v", "ao", "fo", "aln", "oln")}
        sizes |= {f"l{layer}.fi.w": 4 * WIDTH * WIDTH, f"l{layer}.fo.w": 4 * WIDTH * WIDTH, f"l{layer}.fi.b": 4 * WIDTH}
    arrays = {name: random.normal(0, 0.1, size).astype("<f4") for name, size in sizes.items()}
    for norm in ("emb.ln", "l0.aln", "l0.oln", "l1.aln", "l1.oln"):
        arrays |= {f"{norm}.w": np.ones(WIDTH, "<f4"), f"{norm}.b": np.zeros(WIDTH, "<f4")}
    data, tensors = b"", {}
    for name, array in arrays.items():
        tensors[name] = (0, len(data), array.nbytes)
        data += array.tobytes()
    return Base(tuple("abcdefghijkl"), np.zeros(12, np.float32), WIDTH, tensors, data)


def window(rows: list[int]) -> Window:
    """Return a window whose piece 5 begins a claim, 6 goes on with it as a fact and 7 as a prediction."""
    right = np.array([BEGIN if row == 5 else INSIDE if row in (6, 7) else OUT for row in rows])
    kind = np.array([{6: 0, 7: 1}.get(row, IGNORED) for row in rows])
    signs = np.zeros((len(rows), len(SIGNS)), dtype=np.int64)
    return Window(np.array(rows), signs, right, kind, (kind >= 0).astype(np.float32), pointing(rows))


def pointing(rows: list[int]) -> Pointing:
    """Return that the one claim, where piece 5 stands, points at piece 4 or 9; nobody is named elsewhere."""
    claims = np.array([[at, at + 1] for at, row in enumerate(rows) if row == 5], dtype=np.int64).reshape(-1, 2)
    mentions = np.array([[at, at + 1] for at, row in enumerate(rows) if row != 5], dtype=np.int64).reshape(-1, 2)
    answers = [rows[at] in (4, 9) for at in mentions[:, 0]]
    right = np.array([[False] * ABSENT + answers] * len(claims), dtype=bool).reshape(len(claims), -1)
    unframed, framed = np.zeros(len(claims), np.int64), np.zeros((len(claims), len(mentions)), np.int64)
    return Pointing(claims, mentions, unframed, framed, right)


WINDOWS = [window([4, 5, 6, 6, 4]), window([5, 7, 4, 4]), window([8, 4, 5, 7]), window([5, 6, 9])]


@pytest.fixture(scope="module")
def base() -> Base:
    # Tables of this base are in full precision: its words are looked up whole.
    return WholeWords(*(getattr(small_base(), name) for name in Base.__slots__))


class WholeWords(Base):
    """A base whose words are no 4-bit blocks."""

    def tensor(self, name: str, *, ids: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.float32]:
        whole = super().tensor(name)
        return whole if ids is None else whole.reshape(-1, WIDTH)[ids].reshape(-1)


def parted(base: Base, windows: list[Window]) -> Parting:
    parameters = initial(base, SCHEDULE)
    rows = (embedded(base, IDS, np.array([0, *window.rows, 2])) for window in windows)
    return Parting(tuple(windows), tuple(below(base, parameters, SCHEDULE, one) for one in rows))


def learned(base: Base, losses: list[str]) -> Parameters:
    return learn(initial(base, SCHEDULE), [parted(base, WINDOWS)], SCHEDULE, losses.append)


def test_the_loss_falls_and_the_same_seed_learns_the_same(base: Base) -> None:
    losses: list[str] = []
    first, second = learned(base, losses), learned(base, [])
    values = [float(line.rsplit(" ", 1)[1]) for line in losses]
    assert values[-1] < 0.8 * values[0]
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_frozen_layers_stay_as_they_are(base: Base) -> None:
    before, after = initial(base, SCHEDULE), learned(base, [])
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert {name.split(".")[0] for name in changed} == {"l1", "cut", "kind", "signs", "voice", "query", "key", "frame"}


def test_partings_take_turns_an_epoch_each(base: Base) -> None:
    first, second = parted(base, WINDOWS[:2]), parted(base, WINDOWS[2:])

    def after(epochs: int, partings: list[Parting]) -> Parameters:
        return learn(initial(base, SCHEDULE), partings, replace(SCHEDULE, epochs=epochs, batch=1), lambda _: None)

    alone, once, twice = after(1, [first]), after(1, [first, second]), after(2, [first, second])
    assert all(torch.equal(alone[name], once[name]) for name in alone)
    assert not torch.equal(twice["cut.w"], after(2, [first])["cut.w"])


def test_the_written_network_says_what_the_learned_one_says(base: Base) -> None:
    pytest.importorskip("onnx", reason="onnx is a development dependency of training alone")
    from extract.models.encoder.training.graph import model_bytes

    parameters = learned(base, [])
    arrays = {name: value.detach().numpy() for name, value in parameters.items()}
    made = network_of(model_bytes(base, IDS, arrays, frozen=1, layers=2))
    one, hidden = WINDOWS[0], parted(base, WINDOWS).hidden[0]
    with torch.no_grad():
        scores = above(parameters, SCHEDULE, batch_of([one], [hidden], SCHEDULE, is_learning=False), is_learning=False)
    places = np.arange(len(one.rows))
    tokens = Tokens(one.rows, places, places + 1, np.zeros_like(places), one.signs)
    found = Chances.joined(made.chances(tokens))
    for table, head in ((found.cut, "cut"), (found.kind, "kind")):
        assert np.exp(table) == pytest.approx(scores[head][0].softmax(-1).numpy(), abs=0.03)  # what 7 bits cost
    for table, head in ((found.voice, "voice"), (found.query, "query"), (found.key, "key")):
        assert table == pytest.approx(scores[head][0].numpy(), abs=0.1)


def test_claims_learn_to_point_at_whom_they_should(base: Base) -> None:
    parameters, parting = learned(base, []), parted(base, WINDOWS)
    batch = batch_of([WINDOWS[0]], [parting.hidden[0]], SCHEDULE, is_learning=False)
    with torch.no_grad():
        scores = above(parameters, SCHEDULE, batch, is_learning=False)
    (claim, _), *_ = WINDOWS[0].pointing.claims
    answers = pointed(scores["query"][0, claim].numpy(), scores["key"][0].numpy())
    assert set(np.argsort(answers)[-2:].tolist()) == {0, 4}  # where piece 4 stands


def test_batches_hold_every_window_once() -> None:
    batches = batches_of(WINDOWS * 3, 4, np.random.default_rng(1))
    assert sorted(i for batch in batches for i in batch) == list(range(12))
    assert replace(SCHEDULE, batch=4).batch == max(map(len, batches))
