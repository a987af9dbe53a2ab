"""Golden values of activations, normalization layers and their training, computed by PyTorch in double precision and written to
layers.json beside this file.

Where PyTorch's definition is Keras's (keras/src/activations, keras/src/layers/normalization, Keras 3) with another default, the default is
passed: batch normalization has the biased variance of the batch in its moving average, which PyTorch (Bessel's correction) has not, so
that average is written out.

    python3 tests/golden/layers.py
"""

import json
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

ROWS, UNITS = 12, 17
BATCH = 4
RATE = 0.125

ACTIVATIONS = {
    "Relu6": F.relu6,
    "HardSwish": F.hardswish,
    "Celu": F.celu,
    "LogSoftmax": lambda x: F.log_softmax(x, -1),
    "LogSigmoid": F.logsigmoid,
    "HardTanh": F.hardtanh,
    "TanhShrink": F.tanhshrink,
    "SoftShrink": F.softshrink,
    "HardShrink": F.hardshrink,
    "Squareplus": lambda x: (x + torch.sqrt(x * x + 4)) / 2,
    "ThresholdedRelu": lambda x: F.threshold(x, 1.0, 0.0),
    "Linear": lambda x: x * 1.0,
    "Relu": F.relu,
    "LeakyRelu": lambda x: F.leaky_relu(x, 0.2),
    "Elu": F.elu,
    "Selu": F.selu,
    "Gelu": F.gelu,
    "GeluTanh": lambda x: F.gelu(x, approximate="tanh"),
    "Swish": F.silu,
    "Sigmoid": torch.sigmoid,
    "HardSigmoid": F.hardsigmoid,
    "Tanh": torch.tanh,
    "Softplus": lambda x: F.softplus(x, threshold=1e9),
    "Softsign": F.softsign,
    "Softmax": lambda x: torch.softmax(x, -1),
    "Mish": F.mish,
    "Exponential": torch.exp,
}


def values(*shape, scale=1.0):
    """Uniform numbers that single precision holds exactly."""
    return ((torch.rand(shape) * 2 - 1) * scale).float().double()


def results(tensor):
    """To 12 digits: PyTorch adds in an order that may differ from run to run in the last bit."""
    return [float(f"{value:.12g}") for value in tensor.detach().flatten().tolist()]


def activation(name, function):
    x = values(33, scale=4.0).requires_grad_()
    slope = values(33)
    y = function(x)
    (y * slope).sum().backward()
    return {"name": name, "x": x.tolist(), "slope": slope.tolist(), "y": results(y), "gradient": results(x.grad)}


def moving(before, batch, momentum):
    return momentum * before + (1 - momentum) * batch


def batch_normalization(p, x, momentum, statistics):
    statistics["moving_mean"] = moving(statistics["moving_mean"], x.mean(0), momentum)
    statistics["moving_variance"] = moving(statistics["moving_variance"], x.var(0, unbiased=False), momentum)
    return F.batch_norm(x, None, None, p["gamma"], p["beta"], training=True, eps=1e-3)


def part(p, layer):
    return {key.split("/")[1]: value for key, value in p.items() if key.startswith(layer + "/")}


def batch_network(p, x, statistics):
    h = x @ p["dense1/kernel"] + p["dense1/bias"]
    h = torch.relu(batch_normalization(part(p, "batch_normalization1"), h, 0.99, statistics))
    return h @ p["dense2/kernel"] + p["dense2/bias"]


def layer_network(p, x, statistics):
    h = torch.tanh(x @ p["dense1/kernel"] + p["dense1/bias"])
    n = part(p, "layer_normalization1")
    return F.layer_norm(h, [UNITS], n["gamma"], n["beta"], eps=1e-3) @ p["dense2/kernel"] + p["dense2/bias"]


def slope_network(p, x, statistics):
    h = x @ p["dense1/kernel"] + p["dense1/bias"]
    return F.prelu(h, p["prelu1/alpha"]) @ p["dense2/kernel"] + p["dense2/bias"]


def normalization(layer):
    return {layer + "/gamma": values(UNITS), layer + "/beta": values(UNITS)}


NETWORKS = {
    "Batch": (batch_network, lambda: normalization("batch_normalization1")),
    "Layer": (layer_network, lambda: normalization("layer_normalization1")),
    "Slopes": (slope_network, lambda: {"prelu1/alpha": values(UNITS)}),
}


def train(name, network, own):
    """Three steps of stochastic gradient descent on the mean squared error."""
    x, y = values(ROWS, 5), values(ROWS, 3)
    start = {"dense1/kernel": values(5, UNITS), "dense1/bias": values(UNITS), **own(), "dense2/kernel": values(UNITS, 3), "dense2/bias": values(3)}
    p = {key: value.clone().requires_grad_() for key, value in start.items()}
    statistics = {"moving_mean": torch.zeros(UNITS), "moving_variance": torch.ones(UNITS)}
    optimizer = torch.optim.SGD(list(p.values()), lr=RATE)
    for first in range(0, ROWS, BATCH):
        optimizer.zero_grad()
        F.mse_loss(network(p, x[first:first + BATCH], statistics), y[first:first + BATCH]).backward()
        optimizer.step()
    end = {key: value.detach() for key, value in p.items()}
    if name == "Batch":
        end.update({"batch_normalization1/" + key: value.detach() for key, value in statistics.items()})
    return {
        "network": name,
        "features": x.flatten().tolist(),
        "targets": y.flatten().tolist(),
        "start": {key: value.flatten().tolist() for key, value in start.items()},
        "end": {key: results(value) for key, value in end.items()},
    }


def main():
    torch.manual_seed(7)
    lines = ["{\n\"activations\": [", ",\n".join(json.dumps(activation(*item)) for item in ACTIVATIONS.items()), "],\n\"training\": ["]
    lines += [",\n".join(json.dumps(train(name, *item)) for name, item in NETWORKS.items()), "]\n}\n"]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers.json"), "w", newline="\n") as file:
        file.write("\n".join(lines).rstrip("\n") + "\n")


main()
