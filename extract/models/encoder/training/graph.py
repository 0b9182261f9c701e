"""Write the tuned network as one ONNX file with 8-bit weights, run by ONNX Runtime alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.network import HEADS, LABELS
from extract.models.encoder.tokens import SIGNS
from extract.models.encoder.training.base import Base
from extract.models.encoder.training.learning import ATTENTIONS, EPSILON
from schemas.errors import InputError

Floats = npt.NDArray[np.float32]
_RUNTIME: Final = "com.microsoft"
# Weights take 7 of 8 bits: sums of pairs of 8-bit products overflow on processors without VNNI, which would give
# other claims there.
_LARGEST: Final = 63
_LARGEST_WORD: Final = 127  # words are looked up, never multiplied as whole numbers


def onnx_module() -> Any:  # noqa: ANN401 (onnx is no dependency, so that its types are not at hand)
    """Return onnx.

    Raises:
        InputError: it is not installed, code "train.no_onnx".
    """
    try:
        return import_module("onnx")
    except ImportError as error:
        raise InputError("train.no_onnx", "onnx is absent: install it (pip install -e '.[train]')") from error


@dataclass(slots=True)
class Graph:
    """Nodes and constants in the order in which they were added."""

    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def constant(self, name: str, array: npt.NDArray[Any]) -> str:
        """Add a constant and return its name."""
        self.constants.append(onnx_module().numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, operator: str, inputs: list[str], outputs: list[str], **attributes: object) -> str:
        """Add a node and return the name of its first output."""
        domain = str(attributes.pop("domain", ""))
        self.nodes.append(onnx_module().helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def linear(self, x: str, name: str, weights: Floats, bias: Floats) -> str:
        """Multiply by 8-bit weights, one scale for each output."""
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-8) / _LARGEST
        inputs = [
            x,
            self.constant(f"{name}.w", np.rint(weights / scale).astype(np.int8)),
            self.constant(f"{name}.scale", scale.astype(np.float32)),
            self.constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
            self.constant(f"{name}.b", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, [f"{name}.out"], domain=_RUNTIME)

    def layer(self, x: str, name: str, p: Mapping[str, Floats]) -> str:
        """Add a layer of the transformer with 8-bit weights."""
        q, k, v = (self.linear(x, f"{name}{c}", p[f"{name}{c}.w"], p[f"{name}{c}.b"]) for c in "qkv")
        seen = self.node("MultiHeadAttention", [q, k, v], [f"{name}seen"], domain=_RUNTIME, num_heads=ATTENTIONS)
        x = self.added(x, self.linear(seen, f"{name}ao", p[f"{name}ao.w"], p[f"{name}ao.b"]), f"{name}aln", p)
        inner = self.linear(x, f"{name}fi", p[f"{name}fi.w"], p[f"{name}fi.b"])
        inner = self.node("Gelu", [inner], [f"{name}inner"], domain=_RUNTIME)
        return self.added(x, self.linear(inner, f"{name}fo", p[f"{name}fo.w"], p[f"{name}fo.b"]), f"{name}oln", p)

    def added(self, x: str, y: str, name: str, p: Mapping[str, Floats]) -> str:
        """Add two values and bring the sum to its norm.

        The runtime has both in one node, whose kernel takes ten times as long as these two: a sixth of all its time.
        """
        total = self.node("Add", [x, y], [f"{name}.sum"])
        inputs = [total, self.constant(f"{name}.w", p[f"{name}.w"]), self.constant(f"{name}.b", p[f"{name}.b"])]
        return self.node("LayerNormalization", inputs, [f"{name}.out"], axis=-1, epsilon=EPSILON)


def model_bytes(base: Base, ids: list[int], parameters: Mapping[str, Floats], *, frozen: int, layers: int) -> bytes:
    """Return the ONNX file of a network.

    Args:
        base: gives words and places.
        ids: the kept pieces of the base model.
        parameters: all layers, signs and heads, as learned.
        frozen: layers below the signs.
        layers: all layers.
    """
    graph = Graph()
    x = _embedding(graph, base, ids)
    for layer in range(layers):
        if layer == frozen:
            x = _with_signs(graph, x, parameters["signs"])
        x = graph.layer(x, f"l{layer}.", parameters)
    for head in HEADS:
        product = graph.node("MatMul", [x, graph.constant(f"{head}.w", parameters[f"{head}.w"])], [f"{head}.product"])
        score = f"{head}.score" if head in LABELS else head
        graph.node("Add", [product, graph.constant(f"{head}.b", parameters[f"{head}.b"])], [score])
        if head in LABELS:
            graph.node("LogSoftmax", [score], [head], axis=-1)
    return _serialised(graph)


def _embedding(graph: Graph, base: Base, ids: list[int]) -> str:
    words = base.tensor("emb.word", ids=np.array(ids)).reshape(-1, base.width)
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-8) / _LARGEST_WORD
    places = base.tensor("emb.pos").reshape(-1, base.width) + base.tensor("emb.type")[: base.width]
    table = graph.constant("words", np.rint(words / scale).astype(np.int8))
    whole = graph.node("Gather", [table, "rows"], ["words.whole"])
    whole = graph.node("Cast", [whole], ["words.float"], to=onnx_module().TensorProto.FLOAT)
    scales = graph.node("Gather", [graph.constant("words.scale", scale.astype(np.float32)), "rows"], ["words.scales"])
    word = graph.node("Mul", [whole, scales], ["word"])
    # Places 0, 1, …, as many as there are pieces.
    shape = graph.node("Shape", ["rows"], ["shape"])
    size = graph.node("Slice", [shape, _whole(graph, 1), _whole(graph, 2), _whole(graph, 0)], ["size"])
    place = graph.node("Slice", [graph.constant("places", places), _whole(graph, 0), size, _whole(graph, 0)], ["place"])
    total = graph.node("Add", [word, place], ["embedded"])
    norm = [graph.constant(f"emb.ln.{part}", base.tensor(f"emb.ln.{part}")) for part in "wb"]
    return graph.node("LayerNormalization", [total, *norm], ["normal"], epsilon=EPSILON)


def _whole(graph: Graph, value: int) -> str:
    name = f"whole.{value}.{len(graph.constants)}"
    return graph.constant(name, np.array([value], np.int64))


def _with_signs(graph: Graph, x: str, signs: Floats) -> str:
    table = graph.constant("signs.table", np.concatenate([signs, np.zeros((1, signs.shape[1]), np.float32)]))
    each = graph.node("Gather", [table, "signs"], ["signs.each"])
    total = graph.node("ReduceSum", [each, _whole(graph, 2)], ["signs.sum"], keepdims=0)
    return graph.node("Add", [x, total], ["signed"])


def _serialised(graph: Graph) -> bytes:
    onnx = onnx_module()
    value = onnx.helper.make_tensor_value_info
    whole, real = onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    made = onnx.helper.make_graph(
        graph.nodes,
        "claims",
        [value("rows", whole, [1, "pieces"]), value("signs", whole, [1, "pieces", len(SIGNS)])],
        [value(head, real, [1, "pieces", size]) for head, size in HEADS.items()],
        graph.constants,
    )
    sets = [onnx.helper.make_opsetid("", 17), onnx.helper.make_opsetid(_RUNTIME, 1)]
    model = onnx.helper.make_model(made, opset_imports=sets, ir_version=8, producer_name="kaozheng")
    return bytes(model.SerializeToString())
