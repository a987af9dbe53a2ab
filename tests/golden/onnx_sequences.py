"""Writes small models of sequences as torch.onnx does, each with inputs and outputs: golden/onnx/NAME.onnx, NAME.x0.npy, NAME.y0.npy.

Run with Debian 12's python3-torch (1.13) and python3-onnx (1.12): python3 tests/golden/onnx_sequences.py
"""
import pathlib
import warnings

import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).parent / "onnx"


class Layers(nn.Module):
    """Two layers of two directions, and the last step of a third."""

    def __init__(self):
        super().__init__()
        self.both = nn.LSTM(4, 3, num_layers=2, bidirectional=True, batch_first=True)
        self.gated = nn.GRU(6, 5, batch_first=True)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        y, _ = self.both(x)
        y, _ = self.gated(y)
        return self.head(y[:, -1])


class States(nn.Module):
    """Ids, and the states in which recurrences end."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(11, 4)
        self.both = nn.GRU(4, 3, bidirectional=True, batch_first=True)
        self.plain = nn.RNN(4, 6)
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        e = self.table(x)
        _, h = self.both(e)
        _, last = self.plain(e.transpose(0, 1))
        return self.head(torch.cat([h[0], h[1]], 1) * last[0])


class StepsFirst(nn.Module):
    """Samples along the second axis throughout."""

    def __init__(self):
        super().__init__()
        self.cell = nn.LSTM(3, 4)
        self.dense = nn.Linear(4, 5)

    def forward(self, x):
        return torch.tanh(self.dense(self.cell(x)[0]))


class Block(nn.Module):
    """A block of a transformer, of PyTorch's own attention."""

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


class Heads(nn.Module):
    """Attention spelled by hand, of other sizes, to another sequence and causal."""

    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = nn.Linear(4, 6), nn.Linear(3, 6, bias=False), nn.Linear(3, 8), nn.Linear(8, 5)
        self.qkv, self.p = nn.Linear(5, 12, bias=False), nn.Linear(4, 5)

    def split(self, x, heads):
        return x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2)

    def forward(self, a, b):
        q, k, v = self.split(self.q(a), 2), self.split(self.k(b), 2), self.split(self.v(b), 2)
        y = torch.softmax(q @ k.transpose(-2, -1) * 0.7, -1) @ v
        y = self.o(y.transpose(1, 2).reshape(a.size(0), a.size(1), 8))
        q, k, v = (self.split(part, 1) for part in self.qkv(y).chunk(3, -1))
        mask = torch.full((6, 6), float("-inf")).triu(1)
        z = torch.softmax(q @ k.transpose(-2, -1) / 2 + mask, -1) @ v
        return self.p(z.transpose(1, 2).flatten(2))


def write(name, model, opset, inputs, batch=0, fixed=False):
    for parameter in model.parameters():
        parameter.data.uniform_(-0.7, 0.7)
    model.eval()
    with torch.no_grad():
        y = model(*inputs)
    names = [f"x{i}" for i in range(len(inputs))]
    torch.onnx.export(
        model, tuple(x.narrow(batch, 0, 1) for x in inputs), OUT / f"{name}.onnx", opset_version=opset,
        input_names=names, output_names=["y0"], dynamic_axes=None if fixed else {n: {batch: "n"} for n in [*names, "y0"]})
    for i, x in enumerate(inputs):
        np.save(OUT / f"{name}.x{i}.npy", x.numpy())
    np.save(OUT / f"{name}.y0.npy", y.numpy())


torch.manual_seed(3)
write("layers", Layers(), 14, [torch.randn(3, 6, 4)])
write("layers_fixed", Layers(), 11, [torch.randn(3, 6, 4)], fixed=True)
write("states", States(), 14, [torch.randint(0, 11, (3, 5))])
write("steps_first", StepsFirst(), 13, [torch.randn(4, 3, 3)], batch=1)
write("block", Block(), 14, [torch.randn(3, 5, 3)])
write("block_fixed", Block(), 12, [torch.randn(3, 5, 3)], fixed=True)
write("heads", Heads(), 14, [torch.randn(3, 6, 4), torch.randn(3, 7, 3)])
