"""The networks that PyTorch and ONNX Runtime run, by the names of benchmarks/Workloads/BenchmarkNetwork.cs. Channels come first here."""
import torch
from torch import nn


class Network:
    """A module with what it takes: `inputs` values a sample, or ids below `ids`; classes to learn, or values."""

    def __init__(self, module, inputs, outputs, classifies=True, ids=0):
        self.module, self.inputs, self.outputs, self.classifies, self.ids = module, inputs, outputs, classifies, ids

    def batch(self, count):
        return torch.randint(self.ids, (count, *self.inputs)) if self.ids else torch.rand(count, *self.inputs)

    def targets(self, count):
        return torch.randint(self.outputs, (count,)) if self.classifies else torch.rand(count, self.outputs)

    def loss(self):
        return nn.CrossEntropyLoss() if self.classifies else nn.MSELoss()


class LastStep(nn.Module):
    """Layers, a recurrent one, and a linear one on its last output."""

    def __init__(self, recurrent, outputs, *before):
        super().__init__()
        self.before, self.recurrent = nn.Sequential(*before), recurrent
        self.head = nn.Linear(recurrent.hidden_size, outputs)

    def forward(self, x):
        return self.head(self.recurrent(self.before(x))[0][:, -1])


class EncoderBlock(nn.Module):
    """Attention and two layers, each with its input added and normalized behind."""

    def __init__(self, width, heads, hidden):
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.feed_forward = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width))
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x):
        x = self.first(x + self.attention(x, x, x, need_weights=False)[0])
        return self.second(x + self.feed_forward(x))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(EncoderBlock(64, 4, 128), EncoderBlock(64, 4, 128))
        self.head = nn.Linear(64, 2)

    def forward(self, x):
        return self.head(self.blocks(x).mean(1))


def perceptron(sizes):
    layers = []
    for index, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(inputs, units))
        if index < len(sizes) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def mnist():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1600, 10))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))


def cifar():
    def convolution(inputs, filters):
        return nn.Conv2d(inputs, filters, 3, padding=1), nn.ReLU()

    return nn.Sequential(
        *convolution(3, 32), *convolution(32, 32), nn.MaxPool2d(2), *convolution(32, 64), *convolution(64, 64), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(4096, 256), nn.ReLU(), nn.Linear(256, 10))


def signal():
    return nn.Sequential(
        nn.Conv1d(4, 32, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(32, 64, 5, padding=2), nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten(),
        nn.Linear(64, 6))


LAYERED = {
    "mnist": lambda: Network(mnist(), (1, 28, 28), 10),
    "lenet": lambda: Network(lenet(), (1, 28, 28), 10),
    "cifar": lambda: Network(cifar(), (3, 32, 32), 10),
    "signal": lambda: Network(signal(), (4, 128), 6),
    "rows": lambda: Network(LastStep(nn.LSTM(28, 128, batch_first=True), 10), (28, 28), 10),
    "series": lambda: Network(LastStep(nn.GRU(8, 64, batch_first=True), 1), (64, 8), 1, classifies=False),
    "text": lambda: Network(LastStep(nn.LSTM(32, 32, batch_first=True), 2, nn.Embedding(5000, 32)), (80,), 2, ids=5000),
    "encoder": lambda: Network(Encoder(), (64, 64), 2),
}


def create(name):
    """The network of a name of LAYERED, or the perceptron of sizes joined by dashes: hidden layers are relu, the last is linear."""
    if name in LAYERED:
        return LAYERED[name]()
    sizes = [int(part) for part in name.split("-")]
    return Network(perceptron(sizes), (sizes[0],), sizes[-1], classifies=False)
