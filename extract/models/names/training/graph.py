"""Write the tuned network of names as one ONNX file with 8-bit layers, run by ONNX Runtime alone."""

from collections.abc import Mapping
from typing import Final

from extract.models.encoder.training.graph import Graph, onnx_module
from extract.models.names.labels import LABELS
from extract.models.names.taps import Floats
from extract.models.names.training.learning import LAC_WIDTH, Schedule

_RUNTIME: Final = "com.microsoft"


def model_bytes(parameters: Mapping[str, Floats], schedule: Schedule) -> bytes:
    """Return the ONNX file of a network.

    Args:
        parameters: all of them, as learned.
        schedule: says which layers there are.
    """
    graph = Graph()
    x = "lower"
    for layer in range(schedule.lowest, schedule.layers):
        x = graph.layer(x, f"l{layer}.", parameters)
    own = graph.node("Gather", [x, "owner"], ["own"], axis=1)
    place = graph.node("Gather", [graph.constant("places", parameters["place"]), "place"], ["place.seen"])
    mark = graph.node("Gather", [graph.constant("marks", parameters["mark"]), "mark"], ["mark.seen"])
    joined = graph.node("Concat", [own, place, mark, "lac"], ["joined"], axis=2)
    turned = graph.node("Transpose", [joined], ["turned"], perm=[0, 2, 1])
    near = _convolved(graph, turned, "near", parameters)
    far = _convolved(graph, near, "far", parameters)
    both = graph.node("Add", [near, far], ["both"])
    seen = graph.node("Transpose", [both], ["seen"], perm=[0, 2, 1])
    head = graph.node("MatMul", [seen, graph.constant("head.w", parameters["head.w"])], ["head"])
    skip = graph.node("MatMul", [joined, graph.constant("skip.w", parameters["skip.w"])], ["skip"])
    total = graph.node("Add", [head, skip], ["total"])
    graph.node("Add", [total, graph.constant("head.b", parameters["head.b"])], ["scores"])
    return _serialised(graph, parameters["l2.q.b"].shape[0])


def _convolved(graph: Graph, x: str, name: str, parameters: Mapping[str, Floats]) -> str:
    constants = [graph.constant(f"{name}.{part}", parameters[f"{name}.{part}"]) for part in "wb"]
    sums = graph.node("Conv", [x, *constants], [f"{name}.sums"], kernel_shape=[3], pads=[1, 1])
    return graph.node("Gelu", [sums], [f"{name}.out"], domain=_RUNTIME)


def _serialised(graph: Graph, width: int) -> bytes:
    onnx = onnx_module()
    value = onnx.helper.make_tensor_value_info
    whole, real = onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    made = onnx.helper.make_graph(
        graph.nodes,
        "names",
        [
            value("lower", real, [1, "pieces", width]),
            value("lac", real, [1, "characters", LAC_WIDTH]),
            value("owner", whole, ["characters"]),
            value("place", whole, [1, "characters"]),
            value("mark", whole, [1, "characters"]),
        ],
        [value("scores", real, [1, "characters", len(LABELS)])],
        graph.constants,
    )
    sets = [onnx.helper.make_opsetid("", 17), onnx.helper.make_opsetid(_RUNTIME, 1)]
    model = onnx.helper.make_model(made, opset_imports=sets, ir_version=8, producer_name="kaozheng")
    return bytes(model.SerializeToString())
