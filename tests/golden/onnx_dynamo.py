"""Writes small models as torch.onnx's newer exporter does (dynamo=True), each with inputs and outputs: golden/onnx/NAME.onnx, NAME.x0.npy, NAME.y0.npy.

What the exporter writes about itself (places in Python's code) is taken out of the files, which it makes ten times as large.

Run with Debian 13's python3-torch (2.6) and python3-onnx (1.17), and onnxscript 0.3.0 of 28 February 2025 beside them; dynamo_layers with
onnxscript 0.7.2 and onnx_ir of August 2026, which write recurrences as LSTM and GRU: python3 tests/golden/onnx_dynamo.py NAME...
"""
import pathlib
import sys
import warnings

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).parent / "onnx"


class Picture(nn.Module):
    """Convolutions, normalizations and poolings of an image."""

    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(2, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU6(), nn.MaxPool2d(2))
        self.inner = nn.Sequential(nn.Conv2d(6, 6, 3, padding=1, groups=6), nn.GroupNorm(2, 6), nn.Hardswish(), nn.AvgPool2d(2))
        self.fc = nn.Sequential(nn.Linear(6 * 2 * 3, 5), nn.ELU(0.7), nn.Dropout(0.1), nn.Linear(5, 4))

    def forward(self, x):
        d = self.inner(self.down(x))
        return torch.log_softmax(self.fc(torch.flatten(d, 1)), -1)


class Pool(nn.Module):
    """A squeeze and its excitation, enlarged, and the mean of what is left."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2, padding=1)
        self.weigh = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(4, 2, 1), nn.SiLU(), nn.Conv2d(2, 4, 1), nn.Sigmoid())
        self.up = nn.ConvTranspose2d(4, 3, 2, 2)

    def forward(self, x):
        y = functional.leaky_relu(self.conv(x), 0.2)
        z = torch.cat([self.up(y * self.weigh(y)), x], 1)
        return functional.interpolate(z, scale_factor=2, mode="nearest").mean((2, 3))


class Layers(nn.Module):
    """Ids, two layers of two directions, and the last step of a third."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(11, 4)
        self.both = nn.LSTM(4, 3, num_layers=2, bidirectional=True, batch_first=True)
        self.gated = nn.GRU(6, 5, batch_first=True)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        y, _ = self.both(self.table(x))
        y, _ = self.gated(y)
        return self.head(y[:, -1])


class Block(nn.Module):
    """A block of a transformer of PyTorch's own attention."""

    def __init__(self):
        super().__init__()
        self.position = nn.Parameter(torch.zeros(1, 5, 8))
        self.embed = nn.Linear(3, 8)
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)
        self.norm = nn.LayerNorm(8)
        self.feed = nn.Sequential(nn.Linear(8, 6), nn.GELU(), nn.Linear(6, 8))
        self.last = nn.LayerNorm(8)

    def forward(self, x):
        x = self.embed(x) + self.position
        x = self.norm(x + self.attention(x, x, x, need_weights=False)[0])
        return self.last(x + self.feed(x)).mean(1)


class Causal(nn.Module):
    """Attention by scaled_dot_product_attention, each step to itself and those before it; the other ways to spell GELU and a root mean square."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(3, 8)
        self.qkv = nn.Linear(8, 24)
        self.out = nn.Linear(8, 8)
        self.norm = nn.RMSNorm(8, eps=1e-5)
        self.feed = nn.Sequential(nn.Linear(8, 6), nn.GELU("tanh"), nn.Linear(6, 8))

    def forward(self, x):
        x = self.embed(x)
        q, k, v = (part.view(x.size(0), x.size(1), 2, 4).transpose(1, 2) for part in self.qkv(self.norm(x)).chunk(3, -1))
        y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(x.size(0), x.size(1), 8))
        return x + self.feed(x)


class Masked(nn.Module):
    """Attention with a mask of truths for each pair of steps, the same for all samples."""

    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = nn.Linear(4, 6), nn.Linear(4, 6), nn.Linear(4, 6), nn.Linear(6, 4)
        self.register_buffer("mask", torch.ones(5, 5, dtype=torch.bool).tril())

    def split(self, x):
        return x.view(x.size(0), 5, 3, 2).transpose(1, 2)

    def forward(self, x):
        q, k, v = self.split(self.q(x)), self.split(self.k(x)), self.split(self.v(x))
        scores = (q @ k.transpose(-2, -1) / 2 ** 0.5).masked_fill(~self.mask, float("-inf"))
        return self.o((torch.softmax(scores, -1) @ v).transpose(1, 2).flatten(2))


def activations():
    layers = [nn.Linear(5, 7)]
    for layer in (nn.GELU(), nn.GELU("tanh"), nn.SiLU(), nn.SELU(), nn.CELU(1.5), nn.Softsign(), nn.Hardtanh(-0.5, 2.0), nn.Tanh(), nn.LayerNorm(7), nn.Softplus(), nn.Mish(), nn.PReLU(7)):
        layers += [nn.Linear(7, 7), layer]
    return nn.Sequential(*layers, nn.Linear(7, 3), nn.Sigmoid())


def write(name, model, x, optimize=False):
    for parameter in model.parameters():
        parameter.data.uniform_(-0.5, 0.5)
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.running_mean.normal_(0, 0.1)
            layer.running_var.uniform_(0.5, 1.5)
    model.eval()
    with torch.no_grad():
        y = model(x)
    axes = {0: torch.export.Dim("n", min=1, max=64)}
    # Of recurrences the batch has to be fixed, and is 1 then.
    shapes = None if isinstance(model, Layers) else {"input": axes} if isinstance(model, nn.Sequential) else (axes,)
    program = torch.onnx.export(model, (x if shapes else x[:1],), dynamo=True, dynamic_shapes=shapes, verbose=False)
    if optimize:
        program.optimize()
    file = program.model_proto
    for part in (file, file.graph, *file.graph.initializer, *file.graph.input, *file.graph.output, *file.graph.node, *file.functions, *(node for function in file.functions for node in function.node)):
        for field in ("metadata_props", "doc_string", "value_info"):
            if any(known.name == field for known in part.DESCRIPTOR.fields):
                part.ClearField(field)
    onnx.save(file, OUT / f"{name}.onnx")
    np.save(OUT / f"{name}.x0.npy", x.numpy())
    np.save(OUT / f"{name}.y0.npy", y.numpy())


torch.manual_seed(5)
models = {
    "dynamo_picture": (Picture(), torch.randn(3, 2, 8, 12)),
    "dynamo_pool": (Pool(), torch.randn(3, 3, 8, 6)),
    "dynamo_layers": (Layers(), torch.randint(0, 11, (3, 6))),
    "dynamo_block": (Block(), torch.randn(3, 5, 3)),
    "dynamo_causal": (Causal(), torch.randn(3, 6, 3)),
    "dynamo_masked": (Masked(), torch.randn(3, 5, 4)),
    "dynamo_activations": (activations(), torch.randn(3, 5)),
}
for name in sys.argv[1:]:
    # Before the optimizer, layers are functions of the model.
    model, x = models[name.removesuffix("_functions")]
    write(name, model, x, optimize=not name.endswith("_functions"))
