"""Writes a small model whose recurrences are Loops over the formulas of their cells: golden/onnx/loops.onnx, with inputs and outputs.

The nodes are those of tf2onnx 1.17 for Keras 3's GRU and SimpleRNN, in its order; the outputs are NumPy's, by Keras's formulas.
Run with Debian 12's python3-onnx (1.12): python3 tests/golden/onnx_loops.py
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = pathlib.Path(__file__).parent / "onnx"
STEPS, INPUTS, GRU, RNN = 5, 3, 4, 2
random = np.random.default_rng(6)
nodes = []
constants = []


def constant(name, value):
    constants.append(numpy_helper.from_array(np.asarray(value), name))
    return name


def node(operator, inputs, outputs, **attributes):
    nodes.append(helper.make_node(operator, inputs, outputs, **attributes))
    return outputs[0]


def zeros(value, units, name):
    shape = node("Cast", [node("Shape", [value], [f"{name}/Shape"])], [f"{name}/Shape/cast"], to=TensorProto.INT32)
    samples = node("Slice", [shape, "one0", "one1", "one0"], [f"{name}/strided_slice"])
    packed = node("Concat", [samples, constant(f"{name}/units", np.array([units], np.int32))], [f"{name}/packed"], axis=0)
    return node("Expand", ["zero", node("Cast", [packed], [f"{name}/packed/cast"], to=TensorProto.INT64)], [f"{name}/zeros"])


def loop(name, samples, sequence, units, weights, cell):
    """A counter of TensorFlow's, the place, the state and the weights go from step to step."""
    condition = helper.make_tensor_value_info(f"{name}/cond", TensorProto.BOOL, [])
    counter = helper.make_tensor_value_info(f"{name}/loop_counter_0", TensorProto.INT64, [])
    place = helper.make_tensor_value_info(f"{name}/placeholder", TensorProto.INT32, [])
    state = helper.make_tensor_value_info(f"{name}/placeholder_2", TensorProto.FLOAT, ["n", units])
    within = [helper.make_tensor_value_info(f"{name}/{key}_0", TensorProto.FLOAT, list(value.shape)) for key, value in weights.items()]
    body, inner = cell(name, sequence)
    body += [
        helper.make_node("Add", [f"{name}/placeholder", f"{name}/add/y"], [f"{name}/Identity_2"]),
        helper.make_node("Cast", [f"{name}/Identity_2"], [f"{name}/Less/cast"], to=TensorProto.FLOAT),
        helper.make_node("Cast", [f"{name}/loop_counter_0"], [f"{name}/Less_1/cast"], to=TensorProto.FLOAT),
        helper.make_node("Less", [f"{name}/Less_1/cast", f"{name}/most"], [f"{name}/Less_1"]),
        helper.make_node("Less", [f"{name}/Less/cast", f"{name}/most"], [f"{name}/Less"]),
        helper.make_node("And", [f"{name}/Less_1", f"{name}/Less"], [f"{name}/LogicalAnd"]),
        helper.make_node("Identity", [f"{name}/Identity_4"], [f"{name}/TensorListSetItem"]),
    ]
    inner += [numpy_helper.from_array(np.array(1, np.int32), f"{name}/add/y"), numpy_helper.from_array(np.array(STEPS, np.float32), f"{name}/most")]
    outputs = [
        helper.make_tensor_value_info(f"{name}/LogicalAnd", TensorProto.BOOL, []),
        helper.make_tensor_value_info(f"{name}/Identity_2", TensorProto.INT32, []),
        helper.make_tensor_value_info(f"{name}/Identity_4", TensorProto.FLOAT, ["n", units]),
        *within,
        helper.make_tensor_value_info(f"{name}/TensorListSetItem", TensorProto.FLOAT, ["n", units]),
    ]
    graph = helper.make_graph(body, f"{name}_body", [counter, condition, place, state, *within], outputs, inner)
    given = [constant(f"{name}/{key}", value) for key, value in weights.items()]
    initial = zeros(samples, units, name)
    ends = [f"{name}/while_loop:{i}" for i in range(3 + len(given))]
    nodes.append(helper.make_node("Loop", [constant(f"{name}/Max", np.array(STEPS, np.int64)), "true", "place0", initial, *given], ends, body=graph))
    return ends[-1], ends[1]


def gru(name, sequence):
    make = helper.make_node
    body = [
        make("Split", [f"{name}/bias_0"], [f"{name}/split:0", f"{name}/split:1"], axis=0),
        make("MatMul", [f"{name}/placeholder_2", f"{name}/recurrent_0"], [f"{name}/MatMul_1"]),
        make("Gather", [sequence, f"{name}/placeholder"], [f"{name}/TensorListGetItem"]),
        make("MatMul", [f"{name}/TensorListGetItem", f"{name}/kernel_0"], [f"{name}/MatMul"]),
        make("Squeeze", [f"{name}/split:0", f"{name}/axis"], [f"{name}/Squeeze"]),
        make("Add", [f"{name}/MatMul", f"{name}/Squeeze"], [f"{name}/BiasAdd"]),
        make("Split", [f"{name}/BiasAdd"], [f"{name}/split_1:0", f"{name}/split_1:1", f"{name}/split_1:2"], axis=-1),
        make("Squeeze", [f"{name}/split:1", f"{name}/axis"], [f"{name}/Squeeze_1"]),
        make("Add", [f"{name}/MatMul_1", f"{name}/Squeeze_1"], [f"{name}/add"]),
    ]
    inner = [numpy_helper.from_array(np.array([0], np.int64), f"{name}/axis"), numpy_helper.from_array(np.array(1, np.float32), f"{name}/sub/x"),
             numpy_helper.from_array(np.array([0, 1], np.int64), f"{name}/axes")]
    for gate in range(3):
        inner += [numpy_helper.from_array(np.array([0, gate * GRU], np.int64), f"{name}/starts{gate}"),
                  numpy_helper.from_array(np.array([2**31 - 1, (gate + 1) * GRU if gate < 2 else 2**31 - 1], np.int64), f"{name}/ends{gate}")]
        body.append(make("Slice", [f"{name}/add", f"{name}/starts{gate}", f"{name}/ends{gate}", f"{name}/axes"], [f"{name}/strided_slice{gate}"]))
    body += [
        make("Add", [f"{name}/split_1:1", f"{name}/strided_slice1"], [f"{name}/add_2"]),
        make("Sigmoid", [f"{name}/add_2"], [f"{name}/Sigmoid_1"]),
        make("Mul", [f"{name}/Sigmoid_1", f"{name}/strided_slice2"], [f"{name}/mul"]),
        make("Add", [f"{name}/split_1:2", f"{name}/mul"], [f"{name}/add_3"]),
        make("Tanh", [f"{name}/add_3"], [f"{name}/Tanh"]),
        make("Add", [f"{name}/split_1:0", f"{name}/strided_slice0"], [f"{name}/add_1"]),
        make("Sigmoid", [f"{name}/add_1"], [f"{name}/Sigmoid"]),
        make("Sub", [f"{name}/sub/x", f"{name}/Sigmoid"], [f"{name}/sub"]),
        make("Mul", [f"{name}/sub", f"{name}/Tanh"], [f"{name}/mul_2"]),
        make("Mul", [f"{name}/Sigmoid", f"{name}/placeholder_2"], [f"{name}/mul_1"]),
        make("Add", [f"{name}/mul_1", f"{name}/mul_2"], [f"{name}/Identity_4"]),
    ]
    return body, inner


def simple(name, sequence):
    make = helper.make_node
    return [
        make("Gather", [sequence, f"{name}/placeholder"], [f"{name}/TensorListGetItem"]),
        make("MatMul", [f"{name}/TensorListGetItem", f"{name}/kernel_0"], [f"{name}/MatMul"]),
        make("Add", [f"{name}/MatMul", f"{name}/bias_0"], [f"{name}/BiasAdd"]),
        make("MatMul", [f"{name}/placeholder_2", f"{name}/recurrent_0"], [f"{name}/MatMul_1"]),
        make("Add", [f"{name}/BiasAdd", f"{name}/MatMul_1"], [f"{name}/add"]),
        make("Tanh", [f"{name}/add"], [f"{name}/Identity_4"]),
    ], []


def numbers(*shape):
    return random.uniform(-0.8, 0.8, shape).astype(np.float32)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


constant("one0", np.array([0], np.int64))
constant("one1", np.array([1], np.int64))
constant("zero", np.array(0, np.float32))
constant("true", np.array(True))
constant("place0", np.array(0, np.int32))
first = {"bias": numbers(2, 3 * GRU), "kernel": numbers(INPUTS, 3 * GRU), "recurrent": numbers(GRU, 3 * GRU)}
second = {"kernel": numbers(GRU, RNN), "bias": numbers(RNN), "recurrent": numbers(RNN, RNN)}
node("Transpose", ["x0"], ["gru/transpose"], perm=[1, 0, 2])
all_steps, _ = loop("gru", "x0", "gru/transpose", GRU, first, gru)
node("Transpose", [all_steps], ["gru/transpose_1"], perm=[1, 0, 2])
node("Transpose", ["gru/transpose_1"], ["rnn/transpose"], perm=[1, 0, 2])
_, last = loop("rnn", "gru/transpose_1", "rnn/transpose", RNN, second, simple)
node("Identity", [last], ["y0"])
graph = helper.make_graph(
    nodes, "loops", [helper.make_tensor_value_info("x0", TensorProto.FLOAT, ["n", STEPS, INPUTS])],
    [helper.make_tensor_value_info("y0", TensorProto.FLOAT, ["n", RNN])], constants)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
onnx.checker.check_model(model)
onnx.save(model, OUT / "loops.onnx")

x = random.uniform(-2, 2, (3, STEPS, INPUTS)).astype(np.float32)
h = np.zeros((3, GRU))
y = np.zeros((3, RNN))
for step in range(STEPS):
    a = x[:, step] @ first["kernel"] + first["bias"][0]
    b = h @ first["recurrent"] + first["bias"][1]
    z, r = sigmoid(a[:, :GRU] + b[:, :GRU]), sigmoid(a[:, GRU:2 * GRU] + b[:, GRU:2 * GRU])
    h = z * h + (1 - z) * np.tanh(a[:, 2 * GRU:] + r * b[:, 2 * GRU:])
    y = np.tanh(h @ second["kernel"] + second["bias"] + y @ second["recurrent"])
np.save(OUT / "loops.x0.npy", x)
np.save(OUT / "loops.y0.npy", y.astype(np.float32))
