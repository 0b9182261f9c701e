"""Learn the choice among candidates: Adam over small networks, signs and units left out at random."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from extract.models.chooser import WIDTH, Ballot, Chooser, Floats, Hashes


@dataclass(frozen=True, slots=True)
class ChoiceExample:
    """A proposition whose speaker is known: who may be speaking, and which of them are right."""

    ballot: Ballot
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChoiceSchedule:
    """How long and how fast to learn.

    Attributes:
        networks: how many are learned from other random numbers, to vote together.
        epochs: times that every example is seen.
        batch: examples in a step.
        rate: step of Adam after warming up; it falls to almost nothing at the end.
        decay: of the weights, beside the gradient.
        left_out: share of the signs that an example is read without.
        units_left_out: share of the hidden layer that a candidate is scored without.
        least: examples that must show a sign for it to be known.
        seed: of all that is random.
    """

    networks: int = 3
    epochs: int = 15
    batch: int = 64
    rate: float = 3e-3
    decay: float = 1e-2
    left_out: float = 0.15
    units_left_out: float = 0.3
    least: int = 6
    seed: int = 20251125


CHOICE_SCHEDULE = ChoiceSchedule()
_WARM = 0.05  # share of the steps in which the rate rises
_LEAST_RATE = 0.02  # of the rate, at the end
_FIRST_MOMENT, _SECOND_MOMENT, _TINY = 0.9, 0.999, 1e-8
Parameters = dict[str, Floats]


def learn_choices(examples: Sequence[ChoiceExample], schedule: ChoiceSchedule = CHOICE_SCHEDULE) -> Chooser:
    """Return the chooser that examples teach; the same examples and schedule give the same weights."""
    telling = [example for example in examples if len(example.ballot.speakers) > 1]
    known = _known(telling, schedule.least)
    if not len(known):
        return Chooser.blank()
    blank = replace(Chooser.blank(), known=known)
    cases = [_Case.of(blank, example) for example in telling]
    learned = [_network(cases, len(known), schedule, schedule.seed + n) for n in range(schedule.networks)]
    first, bias, second, direct = (
        np.stack([network[name] for network in learned]) for name in ("first", "bias", "second", "direct")
    )
    return Chooser(known, _with_unknown(first.transpose(1, 0, 2)), bias, second, _with_unknown(direct.T))


def _with_unknown(weights: Floats) -> Floats:
    """Return the weights with a last row of zeros."""
    return np.concatenate((weights, np.zeros_like(weights[:1])))


def _known(examples: Sequence[ChoiceExample], least: int) -> Hashes:
    """Return the signs that are shown often enough; those of a place count once for all its candidates."""
    counts: Counter[int] = Counter()
    for example in examples:
        for signs in (example.ballot.shared, *example.ballot.own):
            counts.update(set(signs.tolist()))
    return np.array(sorted(sign for sign, count in counts.items() if count >= least), dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class _Case:
    """An example in rows of weights."""

    rows: tuple[npt.NDArray[np.int64], ...]
    right: tuple[int, ...]

    @classmethod
    def of(cls, chooser: Chooser, example: ChoiceExample) -> "_Case":
        rows = (chooser.rows(np.concatenate((example.ballot.shared, own))) for own in example.ballot.own)
        return cls(tuple(row[row < len(chooser.known)] for row in rows), example.right)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Candidates of several examples below one another.

    Attributes:
        signs: which signs each bears, shape (candidates, signs).
        owners: the example that each belongs to.
        firsts: the first candidate of each example.
        right: whether each is right.
    """

    signs: Floats
    owners: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def _network(cases: Sequence[_Case], size: int, schedule: ChoiceSchedule, seed: int) -> Parameters:
    random = np.random.default_rng(seed)
    learned: Parameters = {
        "first": random.normal(0, 0.05, (size, WIDTH)).astype(np.float32),
        "bias": np.zeros(WIDTH, np.float32),
        "second": random.normal(0, 0.1, WIDTH).astype(np.float32),
        "direct": np.zeros(size, np.float32),
    }
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in learned.items()}
    total = schedule.epochs * -(-len(cases) // schedule.batch)
    for step, chosen in enumerate(_batches(len(cases), schedule, random), start=1):
        batch = _batch_of([cases[i] for i in chosen], size, schedule, random)
        slope = schedule.rate * min(1.0, step / (_WARM * total)) * max(_LEAST_RATE, (total - step) / total)
        for name, gradient in _gradients(learned, batch, schedule, random).items():
            first, second = moments[name]
            first += (1 - _FIRST_MOMENT) * (gradient - first)
            second += (1 - _SECOND_MOMENT) * (gradient * gradient - second)
            mean, spread = first / (1 - _FIRST_MOMENT**step), second / (1 - _SECOND_MOMENT**step)
            learned[name] -= slope * (mean / (np.sqrt(spread) + _TINY) + schedule.decay * learned[name])
    return learned


def _batches(count: int, schedule: ChoiceSchedule, random: np.random.Generator) -> Iterator[list[int]]:
    for _ in range(schedule.epochs):
        order = random.permutation(count).tolist()
        yield from (order[i : i + schedule.batch] for i in range(0, count, schedule.batch))


def _batch_of(cases: Sequence[_Case], size: int, schedule: ChoiceSchedule, random: np.random.Generator) -> _Batch:
    sizes = [len(case.rows) for case in cases]
    firsts = np.cumsum([0, *sizes[:-1]])
    owners = np.repeat(np.arange(len(cases)), sizes)
    signs = np.zeros((len(owners), size), np.float32)
    right = np.zeros(len(owners), bool)
    for first, case in zip(firsts.tolist(), cases, strict=True):
        for number, rows in enumerate(case.rows):
            signs[first + number, rows] = 1.0
        right[[first + number for number in case.right]] = True
    shown = (random.random((len(cases), size)) >= schedule.left_out).astype(np.float32) / (1 - schedule.left_out)
    return _Batch(signs * shown[owners], owners, firsts, right)


def _gradients(learned: Parameters, batch: _Batch, schedule: ChoiceSchedule, random: np.random.Generator) -> Parameters:
    """Return the slopes of the mean negative log chance of the right candidates together."""
    raw = batch.signs @ learned["first"] + learned["bias"]
    kept = (random.random(raw.shape) >= schedule.units_left_out).astype(np.float32) / (1 - schedule.units_left_out)
    hidden = np.maximum(raw, 0.0) * kept
    scores = hidden @ learned["second"] + batch.signs @ learned["direct"]
    chances = np.exp(scores - np.maximum.reduceat(scores, batch.firsts)[batch.owners])
    chances /= np.add.reduceat(chances, batch.firsts)[batch.owners]
    wanted = chances * batch.right
    wanted /= np.maximum(np.add.reduceat(wanted, batch.firsts), 1e-12)[batch.owners]
    error = ((chances - wanted) / len(batch.firsts)).astype(np.float32)
    below = np.outer(error, learned["second"]) * kept * (raw > 0)
    return {
        "first": batch.signs.T @ below,
        "bias": below.sum(axis=0),
        "second": hidden.T @ error,
        "direct": batch.signs.T @ error,
    }
