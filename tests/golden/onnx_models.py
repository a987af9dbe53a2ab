"""Writes small models as torch.onnx does, each with inputs and outputs: golden/onnx/NAME.onnx, NAME.x.npy, NAME.y.npy.

autoencoder, keywords, resnet8 and visual_wake beside them have the shapes of the four networks of MLPerf Tiny, with random weights, and were
written the same way.

Run with Debian 13's python3-torch (2.6) and python3-onnx (1.17): python3 tests/golden/onnx_models.py
"""
import pathlib
import warnings

import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).parent / "onnx"


class Skip(nn.Module):
    """Two branches of an image network that meet again by concatenation, and channels that are weighted by what the image holds."""

    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(2, 6, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.inner = nn.Sequential(nn.Conv2d(6, 6, 3, padding=1, groups=3), nn.InstanceNorm2d(6, affine=True), nn.Hardswish())
        self.weigh = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(6, 3, 1), nn.SiLU(), nn.Conv2d(3, 6, 1), nn.Hardsigmoid())
        self.up = nn.ConvTranspose2d(12, 4, 2, 2)
        self.last = nn.Conv2d(6, 3, 1)

    def forward(self, x):
        d = self.down(x)
        i = self.inner(d)
        return torch.softmax(self.last(torch.cat([self.up(torch.cat([i * self.weigh(i), d], 1)), x], 1)), 1)


class Signal(nn.Module):
    """Convolutions of a signal, then dense layers along its channels."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv1d(3, 8, 5, stride=2, padding=2), nn.PReLU(8), nn.Conv1d(8, 8, 3, dilation=2, padding="same"), nn.Mish(), nn.AvgPool1d(2))
        self.norm = nn.LayerNorm(8)
        self.dense = nn.Linear(8, 4, bias=False)

    def forward(self, x):
        y = self.dense(self.norm(self.conv(x).transpose(1, 2)))
        return y.mean(1)


class Flat(nn.Module):
    """An image whose values go into a dense layer in PyTorch's order."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(2, 4, 3, stride=2), nn.BatchNorm2d(4), nn.LeakyReLU(0.1), nn.Upsample(scale_factor=2))
        self.fc = nn.Linear(4 * 6 * 4, 5)

    def forward(self, x):
        y = self.conv(x)
        return torch.log_softmax(self.fc(y.view(y.size(0), -1)), -1)


class Several(nn.Module):
    """Two inputs and two outputs."""

    def __init__(self):
        super().__init__()
        self.left = nn.Linear(4, 6)
        self.right = nn.Linear(3, 6)
        self.mean = nn.Linear(6, 2)
        self.spread = nn.Linear(6, 2)

    def forward(self, a, b):
        h = torch.tanh(self.left(a) * torch.sigmoid(self.right(b)))
        return self.mean(h), nn.functional.softplus(self.spread(h)) + 0.5


def activations():
    layers = [nn.Linear(5, 7)]
    for layer in (nn.GELU(), nn.GELU("tanh"), nn.SiLU(), nn.ELU(0.7), nn.SELU(), nn.CELU(1.5), nn.Softsign(), nn.Hardtanh(-0.5, 2.0), nn.ReLU6(), nn.Tanh(), nn.LayerNorm(7), nn.Softplus()):
        layers += [nn.Linear(7, 7), layer]
    return nn.Sequential(*layers, nn.Dropout(0.3), nn.Linear(7, 3), nn.Sigmoid())


def write(name, model, opset, *shapes, scale=1.0):
    torch.manual_seed(7)
    for parameter in model.parameters():
        parameter.data.uniform_(-0.5, 0.5)
    for layer in model.modules():
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.running_mean.normal_(0, 0.1)
            layer.running_var.uniform_(0.5, 1.5)
    model.eval()
    inputs = [scale * torch.randn(3, *shape) for shape in shapes]
    with torch.no_grad():
        outputs = model(*inputs)
    outputs = [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)
    names = [f"x{i}" for i in range(len(inputs))] + [f"y{i}" for i in range(len(outputs))]
    torch.onnx.export(
        model, tuple(x[:1] for x in inputs), OUT / f"{name}.onnx", opset_version=opset, dynamo=False,
        input_names=names[:len(inputs)], output_names=names[len(inputs):], dynamic_axes={n: {0: "n"} for n in names})
    for kind, arrays in (("x", inputs), ("y", outputs)):
        for i, array in enumerate(arrays):
            np.save(OUT / f"{name}.{kind}{i}.npy", array.numpy())


write("activations_12", activations(), 12, (5,))
write("activations_17", activations(), 17, (5,))
write("activations_20", activations(), 20, (5,))
write("skip", Skip(), 17, (2, 8, 12))
write("signal", Signal(), 14, (3, 20))
write("flat", Flat(), 11, (2, 7, 6))
write("several", Several(), 13, (4,), (3,))
