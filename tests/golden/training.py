"""Three optimizer steps of two small networks, computed by PyTorch in double precision and written to training.json beside this file.

PyTorch's optimizers differ from Keras 3's in form only: its momentum buffer is -v/lr, and it adds Adam's epsilon to the corrected
root of v, so epsilon is divided by that correction before each step.

    python3 tests/golden/training.py
"""

import json
import math
import os

import torch

STEPS = 3
BATCH = 4
ROWS = 10  # batches of 4, 4 and 2


def single(tensor):
    return tensor.to(torch.float32).to(torch.float64)


def values(*shape):
    return single(2 * torch.rand(*shape, dtype=torch.float64) - 1)


def results(tensor):
    """To 12 digits: PyTorch adds in an order that may differ from run to run in the last bit."""
    return [float(f"{value:.12g}") for value in tensor.detach().flatten().tolist()]


def classifier(p, x, labels):
    hidden = torch.relu(x @ p["dense1/kernel"] + p["dense1/bias"])
    logits = hidden @ p["dense2/kernel"] + p["dense2/bias"]
    return torch.nn.functional.cross_entropy(logits, labels[:, 0].to(torch.int64))


def regressor(p, x, y):
    hidden = torch.tanh(x @ p["dense1/kernel"] + p["dense1/bias"])
    output = hidden @ p["dense2/kernel"]
    loss = torch.nn.functional.mse_loss(output, y)
    return loss + 0.25 * (p["dense1/kernel"] ** 2).sum() + 0.125 * p["dense2/kernel"].abs().sum()


NETWORKS = {
    "Classifier": (classifier, lambda: torch.randint(0, 3, (ROWS, 1)).to(torch.float64), True),
    "Regressor": (regressor, lambda: values(ROWS, 3), False),
}

# Name, constructor, epsilon as Keras places it.
OPTIMIZERS = [
    ("sgd", lambda p: torch.optim.SGD(p, lr=0.125), None),
    ("momentum", lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875), None),
    ("nesterov", lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875, nesterov=True), None),
    ("adam", lambda p: torch.optim.Adam(p, lr=0.03125, betas=(0.875, 0.96875)), 1e-3),
]


def run(loss_of, x, y, start, create, epsilon):
    p = {name: value.clone().requires_grad_() for name, value in start.items()}
    optimizer = create(list(p.values()))
    losses = []
    for step in range(STEPS):
        rows = slice(step * BATCH, min((step + 1) * BATCH, ROWS))
        if epsilon is not None:
            group = optimizer.param_groups[0]
            group["eps"] = epsilon / math.sqrt(1 - group["betas"][1] ** (step + 1))
        optimizer.zero_grad()
        loss = loss_of(p, x[rows], y[rows])
        loss.backward()
        optimizer.step()
        losses += results(loss)
    return {"losses": losses, "parameters": {name: results(value) for name, value in p.items()}}


def main():
    torch.manual_seed(7)
    result = []
    for name, (loss_of, targets, second_bias) in NETWORKS.items():
        x, y = values(ROWS, 5), targets()
        start = {"dense1/kernel": values(5, 17), "dense1/bias": values(17), "dense2/kernel": values(17, 3)}
        if second_bias:
            start["dense2/bias"] = values(3)
        for optimizer, create, epsilon in OPTIMIZERS:
            result.append({
                "network": name,
                "optimizer": optimizer,
                "features": x.flatten().tolist(),
                "targets": y.flatten().tolist(),
                "start": {key: value.flatten().tolist() for key, value in start.items()},
                "expected": run(loss_of, x, y, start, create, epsilon),
            })
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "training.json"), "w", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(entry) for entry in result) + "\n]\n")


main()
