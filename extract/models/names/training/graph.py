"""Write the tuned network of names as one ONNX file with 8-bit layers, run by ONNX Runtime alone."""

from collections.abc import Mapping, Sequence
from typing import Final

from extract.models.encoder.training.graph import Graph, onnx_module
from extract.models.names.labels import LABELS
from extract.models.names.taps import Floats
from extract.models.names.training.learning import LAC_WIDTH, Schedule

_RUNTIME: Final = "com.microsoft"


def model_bytes(members: Sequence[Mapping[str, Floats]], schedule: Schedule) -> bytes:
    """Return the ONNX file of networks that judge together: the mean of what each says, as logarithms of chances.

    Args:
        members: all parameters of each, as learned.
        schedule: says which layers there are.
    """
    graph = Graph()
    judged = [_member(graph, parameters, schedule, f"m{index}.") for index, parameters in enumerate(members)]
    graph.node("Mean", judged, ["scores"])
    return _serialised(graph, members[0][f"l{schedule.lowest}.q.b"].shape[0])


def _member(graph: Graph, parameters: Mapping[str, Floats], schedule: Schedule, prefix: str) -> str:
    named = {f"{prefix}{name}": value for name, value in parameters.items()}

    def constant(name: str) -> str:
        return graph.constant(f"{prefix}{name}", parameters[name])

    def node(operator: str, inputs: list[str], name: str, **attributes: object) -> str:
        return graph.node(operator, inputs, [f"{prefix}{name}.out"], **attributes)

    x = "lower"
    for layer in range(schedule.lowest, schedule.layers):
        x = graph.layer(x, f"{prefix}l{layer}.", named)
    own = node("Gather", [x, "owner"], "own", axis=1)
    place = node("Gather", [constant("place"), "place"], "place")
    mark = node("Gather", [constant("mark"), "mark"], "mark")
    joined = node("Concat", [own, place, mark, "lac"], "joined", axis=2)
    near = _convolved(graph, node("Transpose", [joined], "turned", perm=[0, 2, 1]), f"{prefix}near", named)
    both = node("Add", [near, _convolved(graph, near, f"{prefix}far", named)], "both")
    head = node("MatMul", [node("Transpose", [both], "seen", perm=[0, 2, 1]), constant("head.w")], "head")
    skip = node("MatMul", [joined, constant("skip.w")], "skip")
    total = node("Add", [node("Add", [head, skip], "sum"), constant("head.b")], "total")
    return node("LogSoftmax", [total], "judged", axis=-1)


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
