"""Writes small models that apply convolutions, poolings or recurrences to each step of a sequence, as torch.onnx does: golden/onnx/NAME.onnx.

Each with inputs and outputs, NAME.x0.npy and NAME.y0.npy. Run with Debian 12's python3-torch (1.13): python3 tests/golden/onnx_films.py
"""
import pathlib
import warnings

import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")
torch.backends.mkldnn.enabled = False
OUT = pathlib.Path(__file__).parent / "onnx"


def pictures(channels, *last):
    return nn.Sequential(nn.Conv2d(channels, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), *last)


class Film(nn.Module):
    """Pictures are flattened where they are parted from the samples again."""

    def __init__(self):
        super().__init__()
        self.cnn = pictures(2, nn.Conv2d(4, 3, 3), nn.ReLU())
        self.recurrence = nn.LSTM(3 * 2 * 1, 5, batch_first=True)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        b, t, c, h, w = x.size()
        y = self.cnn(x.view(b * t, c, h, w)).view(b, t, -1)
        y, _ = self.recurrence(y)
        return self.head(y[:, -1, :])


class Encoded(nn.Module):
    """Pictures become vectors by dense layers, with a residual on the way; steps first."""

    def __init__(self):
        super().__init__()
        self.stem = pictures(1)
        self.inner = nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ELU())
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 6), nn.Tanh())
        self.recurrence = nn.GRU(6, 4, bidirectional=True)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        y = x.transpose(0, 1)
        t, b = y.shape[:2]
        y = self.stem(y.flatten(0, 1))
        y = self.head(y + self.inner(y)).view(t, b, -1)
        y, _ = self.recurrence(y)
        return self.out(y).mean(0)


class Looped(nn.Module):
    """A loop of Python's over the pictures."""

    def __init__(self):
        super().__init__()
        self.cnn = pictures(1, nn.Flatten(), nn.Linear(4 * 4 * 3, 5), nn.ReLU())
        self.recurrence = nn.LSTM(5, 4, batch_first=True)

    def forward(self, x):
        y = torch.stack([self.cnn(x[:, t]) for t in range(x.size(1))], dim=1)
        return self.recurrence(y)[0]


class Windows(nn.Module):
    """Windows of a signal: a convolution and a recurrence within each, another over them."""

    def __init__(self):
        super().__init__()
        self.signal = nn.Sequential(nn.Conv1d(3, 5, 3), nn.ReLU(), nn.MaxPool1d(2))
        self.within = nn.GRU(5, 4, batch_first=True)
        self.over = nn.LSTM(4, 3, batch_first=True)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        n, windows, steps, channels = x.shape
        y = self.signal(x.reshape(-1, steps, channels).permute(0, 2, 1)).permute(0, 2, 1)
        _, last = self.within(y)
        y, _ = self.over(last[-1].view(n, windows, -1))
        return torch.softmax(self.head(y[:, -1]), dim=1)


class Averaged(nn.Module):
    """Classes of each picture, averaged over them, and the features of all."""

    def __init__(self):
        super().__init__()
        self.cnn = pictures(2, nn.AdaptiveAvgPool2d(1))
        self.norm = nn.LayerNorm(4)
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        n, t = x.shape[:2]
        y = self.cnn(x.reshape((n * t,) + x.shape[2:])).flatten(1)
        classes = self.head(self.norm(y)).view(n, t, 3).mean(dim=1)
        return classes, y.view(n, t, 4).max(dim=1)[0]


class Nested(nn.Module):
    """Pictures of parts: a block in a block."""

    def __init__(self):
        super().__init__()
        self.parts = nn.Sequential(nn.Conv1d(2, 3, 3), nn.ReLU(), nn.AdaptiveMaxPool1d(1), nn.Flatten())
        self.steps = nn.Sequential(nn.Conv1d(3, 4, 2), nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten())
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        n, t, p, c, s = x.shape
        y = self.parts(x.reshape(n * t, p, c, s).reshape(n * t * p, c, s))
        y = self.steps(y.view(n * t, p, 3).transpose(1, 2))
        return self.head(y.view(n, t, 4)).sum(1)


class Shifted(nn.Module):
    """Some features come from the picture before, some from the one behind (temporal shift)."""

    def __init__(self):
        super().__init__()
        self.first = pictures(2)
        self.second = nn.Conv2d(4, 4, 3, padding=1)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        b, t = x.shape[:2]
        y = self.first(x.flatten(0, 1))
        z = y.view(b, t, *y.shape[1:])
        left = torch.cat([z[:, 1:, :1], torch.zeros_like(z[:, :1, :1])], 1)
        right = torch.cat([torch.zeros_like(z[:, :1, 1:2]), z[:, :-1, 1:2]], 1)
        y = torch.relu(self.second(torch.cat([left, right, z[:, :, 2:]], 2).view_as(y)))
        return self.head(y.mean([2, 3])).view(b, t, -1).mean(1)


class Stacked(nn.Module):
    """Differences of pictures, one after the other, stacked steps first."""

    def __init__(self):
        super().__init__()
        self.cnn = pictures(2)
        self.head = nn.Linear(48, 5)
        self.recurrence = nn.LSTM(5, 4)

    def forward(self, x):
        x = x[:, 1:] - x[:, :-1]
        steps = []
        for i in range(x.size(1)):
            y = self.cnn(x[:, i, :, :, :])
            steps.append(self.head(y.view(y.size(0), -1)))
        y, _ = self.recurrence(torch.stack(steps))
        return y[-1]


class Patches(nn.Module):
    """Attention between the patches of a picture, then between the pictures at each place."""

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(2, 8, 2, stride=2)
        self.places = nn.Parameter(torch.randn(1, 12, 8))
        self.space = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
        self.time = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, norm_first=True)

    def forward(self, x):
        b, t = x.shape[:2]
        y = self.patches(x.flatten(0, 1)).flatten(2).transpose(1, 2) + self.places
        n = y.size(1)
        y = self.space(y).view(b, t, n, 8).transpose(1, 2).reshape(b * n, t, 8)
        return self.time(y).reshape(b, n * t, 8).mean(1)


def write(name, model, x, outputs=1, fixed=False):
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
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


torch.manual_seed(8)
films = torch.randn(3, 4, 2, 8, 6)
for end, fixed in (("", False), ("_fixed", True)):
    write(f"film{end}", Film(), films, fixed=fixed)
    write(f"film_encoded{end}", Encoded(), films[:, :, :1], fixed=fixed)
    write(f"film_looped{end}", Looped(), films[:, :, :1], fixed=fixed)
    write(f"film_windows{end}", Windows(), torch.randn(3, 4, 8, 3), fixed=fixed)
    write(f"film_averaged{end}", Averaged(), films, outputs=2, fixed=fixed)
    write(f"film_nested{end}", Nested(), torch.randn(3, 4, 3, 2, 6), fixed=fixed)
    write(f"film_shifted{end}", Shifted(), films, fixed=fixed)
    write(f"film_stacked{end}", Stacked(), films, fixed=fixed)
    write(f"film_patches{end}", Patches(), films, fixed=fixed)
