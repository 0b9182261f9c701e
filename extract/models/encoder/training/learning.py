"""Tune the upper layers of the base model on annotated windows, with torch; the lower layers stay as they are.

Parameters are a plain mapping from names to tensors, so that what is learned and what is written are one thing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.network import HEADS, POINTING
from extract.models.encoder.tokens import SIGNS
from extract.models.encoder.training.base import Base
from extract.models.encoder.training.batches import IGNORED, Window, batches_of
from extract.models.encoder.training.pointing import ABSENT, FRAMED, UNFRAMED, Pointing
from schemas.errors import InputError

Parameters = dict[str, Any]
Floats = npt.NDArray[np.float32]
ATTENTIONS: Final = 12
EPSILON: Final = 1e-12
"""Both of the base model."""
FRAMES: Final[Mapping[str, tuple[int, ...]]] = {"frame.absent": (UNFRAMED, ABSENT), "frame.mention": (FRAMED,)}
"""What frames say of who speaks is weighed beside the network while it learns, so that it learns what they do not say;
afterwards the choice among candidates weighs them, and these weights are left out."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the network learns.

    Attributes:
        frozen: lower layers that stay as they are.
        tuned: layers above them that learn; the base model has twelve, the others are left out.
        epochs: times that every window is seen.
        batch: windows in a step.
        aims: sizes of the windows that articles are parted into, in turn, an epoch each: where a window begins and
            ends is chance, and what is learned should not hang on it.
        layer_rate: step of AdamW for the uppermost layer; each layer below takes `rate_decay` of the one above.
        head_rate: its step for the heads and the signs, which start from nothing.
        dropout: share of activations left out.
        piece_dropout: share of pieces whose meaning is blotted out.
        sign_dropout: share of windows in which a sign is not shown.
        smoothing: share of each right answer that is spread over all.
        pointing_share: of the loss for who speaks, beside those for cut and kind.
        last_epochs: times that the windows of the gold alone are seen again in the end: texts are judged as it judges.
        last_rate: share of the steps that is taken then.
        averaging: how slowly the average of the weights, which is kept, follows them.
        seed: of all that is random.
    """

    frozen: int = 4
    tuned: int = 2
    epochs: int = 8
    batch: int = 4
    aims: tuple[int, ...] = (400, 320, 260, 220)
    layer_rate: float = 3e-4
    rate_decay: float = 0.85
    head_rate: float = 1e-3
    dropout: float = 0.15
    piece_dropout: float = 0.1
    sign_dropout: float = 0.1
    smoothing: float = 0.05
    pointing_share: float = 1.0
    last_epochs: int = 8
    last_rate: float = 2 / 3
    averaging: float = 0.99
    seed: int = 1

    @property
    def last(self) -> "Schedule":
        """The schedule of learning from the gold alone."""
        rate, head_rate = self.layer_rate * self.last_rate, self.head_rate * self.last_rate
        return replace(self, epochs=self.last_epochs, layer_rate=rate, head_rate=head_rate)


_WARM = 0.1  # share of the steps in which the rate rises
_LEAST = 0.02  # of the rate, at the end
_DECAY = 0.01  # of weights, by AdamW
_CLIP = 1.0  # norm of the gradient
_SPREAD = {"query": 0.05, "key": 0.05}  # products of small numbers would learn nothing at first
_BEGIN_WEIGHT = 2.0  # the first piece of a claim counts twice: there is one for each claim


def torch() -> Any:  # noqa: ANN401 (torch is no dependency, so that its types are not at hand)
    """Return torch.

    Raises:
        InputError: it is not installed, code "train.no_torch".
    """
    try:
        return import_module("torch")
    except ImportError as error:
        raise InputError("train.no_torch", "torch is absent: install it (pip install -e '.[train]')") from error


def layer_names(layer: int) -> dict[str, tuple[str, int]]:
    """Return the matrices of a layer: our name, the base model's name and the number of outputs in its widths."""
    names = {"q": ("q", 1), "k": ("k", 1), "v": ("v", 1), "ao": ("ao", 1), "fi": ("fi", 4), "fo": ("fo", 1)}
    return {f"l{layer}.{ours}": (f"l{layer}.{theirs}", widths) for ours, (theirs, widths) in names.items()}


def layers_of(base: Base, layers: Iterable[int]) -> dict[str, Floats]:
    """Return the parameters of these layers of the base model under our names."""
    arrays: dict[str, Floats] = {}
    for layer in layers:
        for ours, (theirs, widths) in layer_names(layer).items():
            arrays[f"{ours}.w"] = base.matrix(f"{theirs}.w", widths * base.width)
            arrays[f"{ours}.b"] = base.tensor(f"{theirs}.b")
        for norm in ("aln", "oln"):
            for part in "wb":
                arrays[f"l{layer}.{norm}.{part}"] = base.tensor(f"l{layer}.{norm}.{part}")
    return arrays


def initial(base: Base, schedule: Schedule) -> Parameters:
    """Return the parameters before learning: the layers of the base model, heads near zero, signs at zero."""
    t = torch()
    random = np.random.default_rng(schedule.seed)
    arrays = layers_of(base, range(schedule.frozen + schedule.tuned))
    for head, size in HEADS.items():
        spread = _SPREAD.get(head, 0.02)
        arrays[f"{head}.w"] = random.normal(0, spread, (base.width, size)).astype(np.float32)
        arrays[f"{head}.b"] = np.zeros(size, np.float32)
    arrays |= {name: np.zeros(shape, np.float32) for name, shape in FRAMES.items()}
    arrays["signs"] = np.zeros((sum(SIGNS.values()), base.width), np.float32)
    return {name: t.from_numpy(array) for name, array in arrays.items()}


def embedded(base: Base, ids: Sequence[int], rows: npt.NDArray[np.int64]) -> Floats:
    """Return the input of the lowest layer for a row of pieces with its two marks."""
    words = base.tensor("emb.word", ids=np.array(ids)[rows]).reshape(-1, base.width)
    places = base.tensor("emb.pos").reshape(-1, base.width)[: len(rows)]
    total = words + places + base.tensor("emb.type")[: base.width]
    spread = np.sqrt(total.var(axis=1, keepdims=True) + EPSILON)
    normal = (total - total.mean(axis=1, keepdims=True)) / spread
    whole: Floats = (normal * base.tensor("emb.ln.w") + base.tensor("emb.ln.b")).astype(np.float32)
    return whole


def through_layer(parameters: Parameters, layer: int, x: Any, mask: Any, dropout: float) -> Any:  # noqa: ANN401
    """Return what a layer makes of `x`, shape (windows, pieces, width); `mask` is added to the attention."""
    f = torch().nn.functional
    name = f"l{layer}."
    p = {key.removeprefix(name): value for key, value in parameters.items() if key.startswith(name)}
    windows, pieces, width = x.shape
    q, k, v = (
        (x @ p[f"{c}.w"] + p[f"{c}.b"]).view(windows, pieces, ATTENTIONS, width // ATTENTIONS).transpose(1, 2)
        for c in "qkv"
    )
    # Attention itself drops nothing: that would cost a third of the time and gained nothing on held out articles.
    seen = f.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    seen = seen.transpose(1, 2).reshape(windows, pieces, width) @ p["ao.w"] + p["ao.b"]
    x = f.layer_norm(x + f.dropout(seen, dropout), (width,), p["aln.w"], p["aln.b"], EPSILON)
    inner = f.gelu(x @ p["fi.w"] + p["fi.b"]) @ p["fo.w"] + p["fo.b"]
    return f.layer_norm(x + f.dropout(inner, dropout), (width,), p["oln.w"], p["oln.b"], EPSILON)


def below(base: Base, parameters: Parameters, schedule: Schedule, hidden: Floats) -> Any:  # noqa: ANN401
    """Return what the frozen layers make of a window."""
    t = torch()
    with t.no_grad():
        x = t.from_numpy(hidden)[None]
        for layer in range(schedule.frozen):
            x = through_layer(parameters, layer, x, None, 0.0)
    return x[0]


def above(parameters: Parameters, schedule: Schedule, batch: "Batch", *, is_learning: bool) -> dict[str, Any]:
    """Return the scores of each head for a batch, shape (windows, pieces, numbers) without the two marks."""
    t = torch()
    dropout = schedule.dropout if is_learning else 0.0
    table = t.nn.functional.pad(parameters["signs"], (0, 0, 0, 1))  # the two marks of a window bear no sign
    signs = table[batch.signs] * batch.shown
    x = batch.hidden + signs.sum(dim=2)
    for layer in range(schedule.frozen, schedule.frozen + schedule.tuned):
        x = through_layer(parameters, layer, x, batch.mask, dropout)
    x = t.nn.functional.dropout(x[:, 1:-1], dropout)
    return {head: x @ parameters[f"{head}.w"] + parameters[f"{head}.b"] for head in HEADS}


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded; `shown` hides signs and `hidden` has pieces blotted out while learning."""

    hidden: Any
    signs: Any
    shown: Any
    mask: Any
    cut: Any
    kind: Any
    weight: Any
    pointings: tuple[Pointing, ...]


def batch_of(windows: Sequence[Window], hidden: Sequence[Any], schedule: Schedule, *, is_learning: bool) -> Batch:
    """Return the windows with what the frozen layers made of them as one batch."""
    t = torch()
    size = max(len(window.rows) for window in windows)
    pad = t.nn.functional.pad
    offsets = np.cumsum([0, *SIGNS.values()])[:-1]
    mark = sum(SIGNS.values())

    def side_by_side(rows: Sequence[Any], fill: float, marks: int) -> Any:  # noqa: ANN401
        tail = (0, 0) if rows[0].ndim > 1 else ()
        return t.stack([pad(row, (*tail, 0, size + marks - len(row)), value=fill) for row in rows])

    whole = side_by_side(hidden, 0.0, 2)
    signs = [pad(t.from_numpy(window.signs + offsets), (0, 0, 1, 1), value=mark) for window in windows]
    length = side_by_side([t.ones(len(row)) for row in hidden], 0.0, 2)
    shown = t.ones(len(windows), 1, len(SIGNS), 1)
    if is_learning:
        whole = whole * (t.rand(*whole.shape[:2], 1) >= schedule.piece_dropout)
        shown = (t.rand(len(windows), 1, len(SIGNS), 1) >= schedule.sign_dropout).float()
    return Batch(
        whole,
        side_by_side(signs, mark, 2),
        shown,
        (length - 1)[:, None, None, :] * 1e4,
        side_by_side([t.from_numpy(window.cut) for window in windows], IGNORED, 0),
        side_by_side([t.from_numpy(window.kind) for window in windows], IGNORED, 0),
        side_by_side([t.from_numpy(window.weight) for window in windows], 0.0, 0),
        tuple(window.pointing for window in windows),
    )


@dataclass(frozen=True, slots=True)
class Parting:
    """Windows, and what the frozen layers make of each."""

    windows: tuple[Window, ...]
    hidden: tuple[Any, ...]

    def some(self, chosen: Sequence[int]) -> tuple[list[Window], list[Any]]:
        """Return these windows and what was made of them."""
        return [self.windows[i] for i in chosen], [self.hidden[i] for i in chosen]


def learn(
    parameters: Parameters, partings: Sequence[Parting], schedule: Schedule, tell: Callable[[str], None]
) -> Parameters:
    """Return the averaged parameters after learning; the same windows and schedule give the same on one machine.

    Args:
        parameters: what to start from; the upper layers, signs and heads of it are learned.
        partings: the examples, parted once for each of the schedule's aims.
        schedule: how to learn.
        tell: is told each epoch's loss.
    """
    t = torch()
    t.manual_seed(schedule.seed)
    random = np.random.default_rng(schedule.seed)
    learned = {n: p.clone().requires_grad_() for n, p in parameters.items() if _rate(n, schedule)}
    average = {name: parameter.detach().clone() for name, parameter in learned.items()}
    optimiser = t.optim.AdamW([
        {"params": [p], "lr": _rate(n, schedule), "weight_decay": _DECAY if p.ndim > 1 else 0.0}
        for n, p in learned.items()
    ])  # fmt: skip
    steps = [-(-len(parting.windows) // schedule.batch) for parting in partings]
    total = sum(steps[epoch % len(steps)] for epoch in range(schedule.epochs))
    rates = t.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, total))
    step = 0
    for epoch in range(schedule.epochs):
        losses, parting = [], partings[epoch % len(partings)]
        for chosen in batches_of(parting.windows, schedule.batch, random):
            batch = batch_of(*parting.some(chosen), schedule, is_learning=True)
            now = parameters | learned
            loss = _loss(above(now, schedule, batch, is_learning=True), batch, now, schedule)
            optimiser.zero_grad()
            loss.backward()
            t.nn.utils.clip_grad_norm_(list(learned.values()), _CLIP)
            optimiser.step()
            rates.step()
            step += 1
            _follow(average, learned, min(schedule.averaging, step / (step + 9)))
            losses.append(loss.item())
        tell(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}")
    return parameters | average


def _rate(name: str, schedule: Schedule) -> float:
    """Return the step of a parameter, 0 for those that stay."""
    if not name.startswith("l"):
        return schedule.head_rate
    layer = int(name[1:].split(".")[0])
    top = schedule.frozen + schedule.tuned - 1
    return 0.0 if layer < schedule.frozen else schedule.layer_rate * schedule.rate_decay ** (top - layer)


def _share(step: int, total: int) -> float:
    warm = max(1, int(total * _WARM))
    return min((step + 1) / warm, max(_LEAST, (total - step) / (total - warm)))


def _loss(scores: Mapping[str, Any], batch: Batch, parameters: Parameters, schedule: Schedule) -> Any:  # noqa: ANN401
    t = torch()
    f = t.nn.functional
    cut = f.cross_entropy(
        scores["cut"].flatten(0, 1), batch.cut.flatten(), t.tensor([1.0, _BEGIN_WEIGHT, 1.0]),
        ignore_index=IGNORED, label_smoothing=schedule.smoothing,
    )  # fmt: skip
    kind = f.cross_entropy(
        scores["kind"].flatten(0, 1), batch.kind.flatten(),
        ignore_index=IGNORED, reduction="none", label_smoothing=schedule.smoothing,
    )  # fmt: skip
    kind = (kind * batch.weight.flatten()).sum() / batch.weight.sum()
    return cut + kind + schedule.pointing_share * _pointing_loss(scores, batch, parameters)


def _pointing_loss(scores: Mapping[str, Any], batch: Batch, parameters: Parameters) -> Any:  # noqa: ANN401
    """Return the mean over claims of the negative log chance that all right mentions have together."""
    t = torch()
    lost = [t.zeros(0)]
    for row, pointing in enumerate(batch.pointings):
        if len(pointing.claims):
            chances = _pointed({head: score[row] for head, score in scores.items()}, pointing, parameters)
            right = chances.masked_fill(~t.from_numpy(pointing.right), _IMPOSSIBLE)
            lost.append(-t.logsumexp(right, dim=1))
    every = t.cat(lost)
    return every.sum() / max(1, len(every))


def _pointed(scores: Mapping[str, Any], pointing: Pointing, parameters: Parameters) -> Any:  # noqa: ANN401
    """Return log chances of whom each claim of a window points at, shape (claims, ABSENT + mentions).

    See `extract.models.encoder.evidence.pointed`, which does the same without what the frames say.
    """
    t = torch()
    key = _means(scores["key"], pointing.mentions)
    found = _means(scores["query"], pointing.claims) @ key[:, :POINTING].T / POINTING**0.5 + key[:, POINTING]
    found = found + parameters["frame.mention"][t.from_numpy(pointing.framed)]
    absent = _means(scores["voice"], pointing.claims) + parameters["frame.absent"][t.from_numpy(pointing.unframed)]
    return t.cat((absent, found), dim=1).log_softmax(dim=1)


def _means(values: Any, places: npt.NDArray[np.int64]) -> Any:  # noqa: ANN401
    """Return the means of rows [first, last) of values, one for each place."""
    t = torch()
    sums = t.cat((values.new_zeros(1, values.shape[1]), values.cumsum(dim=0)))
    first, last = t.from_numpy(places.T)
    return (sums[last] - sums[first]) / (last - first)[:, None]


_IMPOSSIBLE = -1e9


def _follow(average: Mapping[str, Any], learned: Mapping[str, Any], slowness: float) -> None:
    with torch().no_grad():
        for name, value in average.items():
            value.lerp_(learned[name], 1 - slowness)
