"""Writes small models that join steps with samples, take parts of values, or give several outputs, as torch.onnx does: golden/onnx/NAME.onnx.

Each with inputs and outputs, NAME.x0.npy and NAME.y0.npy. Run with Debian 12's python3-torch (1.13) and python3-onnx (1.12):
python3 tests/golden/onnx_steps.py
"""
import pathlib
import warnings

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")
torch.backends.mkldnn.enabled = False
OUT = pathlib.Path(__file__).parent / "onnx"


class EachStep(nn.Module):
    """Layers of one step: steps are joined with the samples, and parted behind."""

    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(
            nn.Linear(3, 8), nn.LayerNorm(8), nn.GELU(), nn.Linear(8, 6), nn.BatchNorm1d(6), nn.PReLU(), nn.Dropout(0.1), nn.Linear(6, 4))
        self.scale = nn.Parameter(torch.randn(4))

    def forward(self, x):
        n, t, f = x.shape
        y = self.block(x.reshape(n * t, f)) * self.scale
        return F.softmax(y + torch.tanh(y), 1).reshape(n, t, -1)


class Tagger(nn.Module):
    """A class for each step of a recurrence."""

    def __init__(self):
        super().__init__()
        self.recurrence = nn.LSTM(3, 5, batch_first=True)
        self.head = nn.Linear(5, 4)

    def forward(self, x):
        y, _ = self.recurrence(x)
        y = torch.relu(y.contiguous().view(-1, 5))
        return F.log_softmax(self.head(y), dim=1).view(-1, x.size(1), 4)


class LastStates(nn.Module):
    """The last states of both directions of the upper of two layers."""

    def __init__(self):
        super().__init__()
        self.recurrence = nn.GRU(3, 4, num_layers=2, batch_first=True, bidirectional=True)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        _, h = self.recurrence(x)
        return self.head(torch.cat([h[-2], h[-1]], dim=1))


class Gates(nn.Module):
    """Gated linear units of vectors and of signals, and what a variational encoder gives."""

    def __init__(self):
        super().__init__()
        self.signal = nn.Conv1d(3, 8, 3, padding=1)
        self.dense = nn.Linear(4, 12)
        self.mean = nn.Linear(6, 2)
        self.logarithm = nn.Linear(6, 2)

    def forward(self, x):
        y = F.glu(self.dense(F.glu(self.signal(x), dim=1).mean(2)))
        return self.mean(y), torch.exp(0.5 * self.logarithm(y))


class Ids(nn.Module):
    """One id for each sample."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(7, 4)
        self.head = nn.Linear(4, 2)

    def forward(self, ids):
        return self.head(torch.relu(self.table(ids)))


def write(name, model, x, outputs=1, fixed=False):
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm1d):
            layer.running_mean.uniform_(-0.5, 0.5)
            layer.running_var.uniform_(0.5, 1.5)
    model.eval()
    x = x[:1] if fixed else x
    ends = [f"y{i}" for i in range(outputs)]
    torch.onnx.export(
        model, x, OUT / f"{name}.onnx", input_names=["x0"], output_names=ends, opset_version=17,
        dynamic_axes=None if fixed else {end: {0: "n"} for end in ["x0", *ends]})
    with torch.no_grad():
        y = model(x)
    np.save(OUT / f"{name}.x0.npy", x.numpy().astype(np.float32))
    for end, value in zip(ends, y if outputs > 1 else [y]):
        np.save(OUT / f"{name}.{end}.npy", value.numpy())


torch.manual_seed(5)
steps = torch.randn(3, 5, 3)
each = EachStep()
write("each_step", each, steps)
write("each_step_fixed", each, steps, fixed=True)
write("tagger", Tagger(), steps)
write("last_states", LastStates(), steps)
write("gates", Gates(), torch.randn(3, 3, 6), outputs=2)
write("ids", Ids(), torch.randint(0, 7, (3,)))
