"""Writes a small model whose recurrences begin with given states as torch.onnx does: golden/onnx/begins.onnx, with inputs and outputs.

Run with Debian 13's python3-torch (2.6) and python3-onnx (1.17): python3 tests/golden/onnx_states.py
"""
import pathlib
import warnings

import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")
torch.backends.mkldnn.enabled = False
OUT = pathlib.Path(__file__).parent / "onnx"


class Begins(nn.Module):
    """States out of dense layers, out of another recurrence, and zeros."""

    def __init__(self):
        super().__init__()
        self.h = nn.Linear(3, 4)
        self.c = nn.Linear(3, 4)
        self.one = nn.LSTM(2, 4, batch_first=True)
        self.both = nn.GRU(4, 4, batch_first=True, bidirectional=True)
        self.coder = nn.GRU(2, 4, batch_first=True)
        self.decoder = nn.RNN(8, 4, batch_first=True)
        self.head = nn.Linear(4, 2)

    def forward(self, x, k):
        h, c = torch.tanh(self.h(k)), self.c(k)
        y, _ = self.one(x, (h.unsqueeze(0), c.unsqueeze(0)))
        y, _ = self.both(y, torch.stack([c, h]))
        _, state = self.coder(x)
        y, _ = self.decoder(y, state)
        return self.head(y)


torch.manual_seed(4)
model = Begins().eval()
x, k = torch.randn(3, 5, 2), torch.randn(3, 3)
with torch.no_grad():
    y = model(x, k)
torch.onnx.export(model, (x, k), OUT / "begins.onnx", opset_version=17, dynamo=False,
                  input_names=["x0", "x1"], output_names=["y0"], dynamic_axes={n: {0: "n"} for n in ("x0", "x1", "y0")})
np.save(OUT / "begins.x0.npy", x.numpy())
np.save(OUT / "begins.x1.npy", k.numpy())
np.save(OUT / "begins.y0.npy", y.numpy())
