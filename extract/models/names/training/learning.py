"""Tune the network of names on annotated sentences, with torch: layers of the base model above those of the encoder.

Parameters are a plain mapping from names to tensors, so that what is learned and what is written are one thing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.training.base import Base
from extract.models.encoder.training.learning import Parameters, layers_of, through_layer, torch
from extract.models.names.inputs import MARKS, PLACES_IN_PIECE, Inputs
from extract.models.names.labels import LABELS

LAC_WIDTH: Final = 256
_PLACE_WIDTH, _MARK_WIDTH = 16, 8
_IGNORED: Final = -100  # what torch leaves out of a loss
_WARM: Final = 0.06  # share of the steps in which the rate rises
_LEAST: Final = 0.02  # of the rate, at the end
_DECAY: Final = 0.01  # of weights, by AdamW
_CLIP: Final = 3.0  # norm of the gradient
_LOUDNESS: Final = 50.0  # of the loss, so that the norm of the gradient meets the clip
_SPREAD: Final = 8  # sentences whose lengths differ by less may share a batch


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the network learns.

    Attributes:
        lowest: the first layer that learns; those below stand in the encoder.
        layers: layers in all, of twelve that the base model has.
        width: channels of the convolutions over characters.
        epochs: times that every sentence is seen.
        batch: sentences in a step.
        layer_rate: step of AdamW for the layers.
        head_rate: its step for whatever starts from nothing.
        dropout: share of activations left out inside layers.
        head_dropout: share left out before and between the convolutions.
        piece_dropout: share of pieces whose meaning is blotted out.
        mark_dropout: share of sentences that do not show what the rules found.
        smoothing: share of each right answer that is spread over all.
        averaging: how slowly the average of the weights, which is kept, follows them.
        members: networks that learn apart, each with a seed of its own, and judge together.
        seed: of all that is random in the first member; the next one has the next.
    """

    lowest: int = 2
    layers: int = 6
    width: int = 160
    epochs: int = 4
    batch: int = 24
    layer_rate: float = 3e-4
    head_rate: float = 2e-3
    dropout: float = 0.1
    head_dropout: float = 0.35
    piece_dropout: float = 0.1
    mark_dropout: float = 0.1
    smoothing: float = 0.05
    averaging: float = 0.995
    members: int = 2
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as the network sees it, with the right label of each character."""

    inputs: Inputs
    labels: npt.NDArray[np.int64]


def initial(base: Base, schedule: Schedule) -> Parameters:
    """Return the parameters before learning: layers of the base model, the rest random but small."""
    t = torch()
    random = np.random.default_rng(schedule.seed)
    arrays = layers_of(base, range(schedule.lowest, schedule.layers))
    joined = base.width + _PLACE_WIDTH + _MARK_WIDTH + LAC_WIDTH
    shapes = {
        "place": (PLACES_IN_PIECE, _PLACE_WIDTH),
        "mark": (MARKS, _MARK_WIDTH),
        "near.w": (schedule.width, joined, 3),
        "far.w": (schedule.width, schedule.width, 3),
        "head.w": (schedule.width, len(LABELS)),
        "skip.w": (joined, len(LABELS)),
    }
    for name, shape in shapes.items():
        reach = 1.0 if name in {"place", "mark"} else 1 / np.sqrt(3 * _fan_in(name, shape))
        arrays[name] = random.normal(0, reach, shape).astype(np.float32)
    for name, size in (("near.b", schedule.width), ("far.b", schedule.width), ("head.b", len(LABELS))):
        arrays[name] = np.zeros(size, np.float32)
    return {name: t.from_numpy(array) for name, array in arrays.items()}


def _fan_in(name: str, shape: tuple[int, ...]) -> int:
    """Return how many values are summed up for one output."""
    return shape[1] * shape[2] if name in {"near.w", "far.w"} else shape[0]


def scores(parameters: Parameters, schedule: Schedule, examples: Sequence[Example], *, is_learning: bool) -> Any:  # noqa: ANN401
    """Return the score of each label for each character, shape (sentences, characters, labels), padded."""
    t = torch()
    f = t.nn.functional
    dropout = schedule.dropout if is_learning else 0.0
    head_dropout = schedule.head_dropout if is_learning else 0.0
    x, pieces = _padded([e.inputs.lower for e in examples])
    if is_learning:
        x = x * (t.rand(*x.shape[:2], 1) >= schedule.piece_dropout)
    for layer in range(schedule.lowest, schedule.layers):
        x = through_layer(parameters, layer, x, (pieces - 1)[:, None, None, :] * 1e4, dropout)
    owner, characters = _padded([e.inputs.owner for e in examples])
    mark, _ = _padded([e.inputs.mark for e in examples])
    if is_learning:
        mark = mark * (t.rand(len(examples), 1) >= schedule.mark_dropout)
    place, _ = _padded([e.inputs.place for e in examples])
    lac, _ = _padded([e.inputs.lac for e in examples])
    own = x.gather(1, owner[:, :, None].expand(-1, -1, x.shape[2]))
    joined = t.cat([own, parameters["place"][place], parameters["mark"][mark], lac], dim=-1)
    joined = f.dropout(joined, head_dropout)
    real = characters[:, None]
    near = f.gelu(f.conv1d(joined.transpose(1, 2) * real, parameters["near.w"], parameters["near.b"], padding=1)) * real
    far = f.gelu(f.conv1d(f.dropout(near, head_dropout), parameters["far.w"], parameters["far.b"], padding=1))
    seen = f.dropout((near + far).transpose(1, 2), head_dropout)
    return seen @ parameters["head.w"] + parameters["head.b"] + joined @ parameters["skip.w"]


def _padded(rows: Sequence[npt.NDArray[Any]]) -> tuple[Any, Any]:
    """Return rows side by side, and where they are real (1) and padding (0)."""
    t = torch()
    side_by_side = t.nn.utils.rnn.pad_sequence([t.from_numpy(row) for row in rows], batch_first=True)
    lengths = t.tensor([len(row) for row in rows])
    return side_by_side, (t.arange(side_by_side.shape[1])[None] < lengths[:, None]).float()


def learn(
    parameters: Parameters, examples: Sequence[Example], schedule: Schedule, tell: Callable[[Parameters], None]
) -> Parameters:
    """Return the averaged parameters after learning; the same examples and schedule give the same on one machine.

    Args:
        parameters: what to start from.
        examples: annotated sentences.
        schedule: how to learn.
        tell: is told the averaged parameters after each epoch.
    """
    t = torch()
    t.manual_seed(schedule.seed)
    random = np.random.default_rng(schedule.seed)
    learned = {name: parameter.clone().requires_grad_() for name, parameter in parameters.items()}
    average = {name: parameter.detach().clone() for name, parameter in learned.items()}
    rate_of = {name: schedule.layer_rate if name.startswith("l") else schedule.head_rate for name in learned}
    optimiser = t.optim.AdamW([{"params": [p], "lr": rate_of[n]} for n, p in learned.items()], weight_decay=_DECAY)
    total = schedule.epochs * -(-len(examples) // schedule.batch)
    rates = t.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, total))
    step = 0
    for _ in range(schedule.epochs):
        for chosen in _batches(examples, schedule.batch, random):
            loss = _loss(learned, schedule, chosen)
            optimiser.zero_grad()
            loss.backward()
            t.nn.utils.clip_grad_norm_(list(learned.values()), _CLIP)
            optimiser.step()
            rates.step()
            step += 1
            _follow(average, learned, min(schedule.averaging, step / (step + 9)))
        tell(average)
    return average


def _loss(learned: Parameters, schedule: Schedule, chosen: Sequence[Example]) -> Any:  # noqa: ANN401
    f = torch().nn.functional
    found = scores(learned, schedule, chosen, is_learning=True)
    right, real = _padded([example.labels for example in chosen])
    right = right.masked_fill(real == 0, _IGNORED)
    flat = found.reshape(-1, len(LABELS))
    return f.cross_entropy(flat, right.reshape(-1), label_smoothing=schedule.smoothing) * _LOUDNESS


def _share(step: int, total: int) -> float:
    return min((step + 1) / (_WARM * total), max(_LEAST, (total - step) / (total * (1 - _WARM))))


def _batches(examples: Sequence[Example], size: int, random: np.random.Generator) -> Iterator[list[Example]]:
    """Yield batches of sentences of like length, in random order."""
    keys = np.array([len(example.labels) for example in examples]) + random.random(len(examples)) * _SPREAD
    order = np.argsort(keys, kind="stable")
    starts = np.arange(0, len(order), size)
    for start in random.permutation(starts):
        yield [examples[i] for i in order[start : start + size]]


def _follow(average: Parameters, learned: Parameters, slowness: float) -> None:
    with torch().no_grad():
        for name, parameter in learned.items():
            average[name].mul_(slowness).add_(parameter, alpha=1 - slowness)
