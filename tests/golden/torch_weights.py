"""Writes the weights of small PyTorch models as safetensors.torch.save_file does, each with inputs and outputs: golden/torch/NAME.safetensors, NAME.x.npy, NAME.y.npy.

Run with Debian 12's python3-torch (1.13): python3 tests/golden/torch_weights.py
"""
import json
import pathlib
import struct

import numpy as np
import torch
from torch import nn

OUT = pathlib.Path(__file__).parent / "torch"


class Picture(nn.Module):
    """Convolutions of each kind, then values of a flattened image in PyTorch's order."""

    def __init__(self):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.up = nn.ConvTranspose2d(4, 6, 2, 2)
        self.slopes = nn.PReLU(6)
        self.spread = nn.Conv2d(6, 12, 3, groups=6)
        self.mix = nn.Conv2d(12, 4, (1, 2), bias=False)
        self.norm = nn.BatchNorm1d(4 * 6 * 5)
        self.head = nn.Linear(4 * 6 * 5, 5)

    def forward(self, x):
        y = self.mix(self.spread(self.slopes(self.up(self.first(x)))))
        return self.head(self.norm(y.flatten(1)))


class Words(nn.Module):
    """Recurrences of two directions and several layers."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(11, 4)
        self.both = nn.LSTM(4, 3, num_layers=2, bidirectional=True, batch_first=True)
        self.gated = nn.GRU(6, 5, batch_first=True)
        self.plain = nn.RNN(5, 4, batch_first=True)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        y, _ = self.both(self.table(x))
        y, _ = self.plain(self.gated(y)[0])
        return self.head(y[:, -1])


class Attends(nn.Module):
    """One block of a transformer."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(3, 8)
        self.position = nn.Parameter(torch.randn(1, 5, 8))
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)
        self.norm1 = nn.LayerNorm(8)
        self.norm2 = nn.LayerNorm(8)
        self.feed = nn.Sequential(nn.Linear(8, 8), nn.GELU(), nn.Linear(8, 8))

    def forward(self, x):
        x = self.embed(x) + self.position
        x = self.norm1(x + self.attention(x, x, x, need_weights=False)[0])
        return self.norm2(x + self.feed(x))


def save(name, model, x):
    for parameter in model.parameters():
        parameter.data = torch.randn_like(parameter) * 0.4
    for buffer_name, buffer in model.named_buffers():
        if buffer.dtype == torch.float32:
            buffer.copy_(torch.rand_like(buffer) + (0.5 if "var" in buffer_name else 0))
    model.eval()
    header, data = {}, b""
    state = model.state_dict()
    # Wider types first, then by name.
    for key in sorted(state, key=lambda key: (-state[key].element_size(), key)):
        value = state[key].numpy()
        header[key] = {"dtype": {"float32": "F32", "int64": "I64"}[str(value.dtype)], "shape": list(value.shape), "data_offsets": [len(data), len(data) + value.nbytes]}
        data += np.ascontiguousarray(value).tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (OUT / f"{name}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
    with torch.no_grad():
        y = model(x)
    np.save(OUT / f"{name}.x.npy", x.numpy())
    np.save(OUT / f"{name}.y.npy", y.numpy())


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    torch.manual_seed(1)
    save("picture", Picture(), torch.randn(3, 3, 6, 6))
    save("words", Words(), torch.randint(0, 11, (4, 7)))
    save("attends", Attends(), torch.randn(3, 5, 3))
