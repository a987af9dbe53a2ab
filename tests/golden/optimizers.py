"""Golden values of the optimizers, written to optimizers.json beside this file.

Five steps of every optimizer, written out from its definition (keras/src/optimizers, Keras 3) in double precision. Where PyTorch
has the same definition (with its own epsilon put right), its parameters must agree, or the script fails.

    python3 tests/golden/optimizers.py
"""

import json
import math
import os
import random
import struct

STEPS = 5


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def sign(x):
    return (x > 0) - (x < 0)


def sgd(w, g, s, t, lr=0.01, momentum=0.0, nesterov=False):
    if momentum == 0:
        return w - lr * g
    s[0] = momentum * s[0] - lr * g
    return w + momentum * s[0] - lr * g if nesterov else w + s[0]


def adam(w, g, s, t, lr=0.001, beta1=0.9, beta2=0.999, epsilon=1e-7, amsgrad=False):
    s[0] = beta1 * s[0] + (1 - beta1) * g
    s[1] = beta2 * s[1] + (1 - beta2) * g * g
    v = s[1]
    if amsgrad:
        s[2] = v = max(s[2], v)
    alpha = lr * math.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - alpha * s[0] / (math.sqrt(v) + epsilon)


def rmsprop(w, g, s, t, lr=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False):
    s[0] = rho * s[0] + (1 - rho) * g * g
    divisor = s[0] + epsilon
    if centered:
        s[2] = rho * s[2] + (1 - rho) * g
        divisor -= s[2] ** 2
    step = lr * g / math.sqrt(divisor)
    if momentum == 0:
        return w - step
    s[1] = momentum * s[1] + step
    return w - s[1]


def adagrad(w, g, s, t, lr=0.001, accumulator=0.1, epsilon=1e-7):
    s[0] += g * g
    return w - lr * g / math.sqrt(s[0] + epsilon)


def adadelta(w, g, s, t, lr=0.001, rho=0.95, epsilon=1e-7):
    s[0] = rho * s[0] + (1 - rho) * g * g
    delta = -math.sqrt(s[1] + epsilon) * g / math.sqrt(s[0] + epsilon)
    s[1] = rho * s[1] + (1 - rho) * delta * delta
    return w + lr * delta


def nadam(w, g, s, t, lr=0.001, beta1=0.9, beta2=0.999, epsilon=1e-7):
    mu = lambda i: beta1 * (1 - 0.5 * 0.96**i)
    product = math.prod(mu(i) for i in range(1, t + 1))
    s[0] = beta1 * s[0] + (1 - beta1) * g
    s[1] = beta2 * s[1] + (1 - beta2) * g * g
    m = mu(t + 1) * s[0] / (1 - product * mu(t + 1)) + (1 - mu(t)) * g / (1 - product)
    v = s[1] / (1 - beta2**t)
    return w - lr * m / (math.sqrt(v) + epsilon)


def adamax(w, g, s, t, lr=0.001, beta1=0.9, beta2=0.999, epsilon=1e-7):
    s[0] = beta1 * s[0] + (1 - beta1) * g
    s[1] = max(beta2 * s[1], abs(g))
    return w - lr / (1 - beta1**t) * s[0] / (s[1] + epsilon)


def lion(w, g, s, t, lr=0.001, beta1=0.9, beta2=0.99):
    w -= lr * sign(beta1 * s[0] + (1 - beta1) * g)
    s[0] = beta2 * s[0] + (1 - beta2) * g
    return w


def ftrl(w, g, s, t, lr=0.001, power=-0.5, accumulator=0.1, l1=0.0, l2=0.0, shrinkage=0.0, beta=0.0):
    n = s[0] + g * g
    s[1] += g + 2 * shrinkage * w - (n**-power - s[0] ** -power) / lr * w
    quadratic = n**-power / lr + 2 * (l2 + beta / (2 * lr))
    s[0] = n
    return (min(max(s[1], -l1), l1) - s[1]) / quadratic


def torch_result(name, options, w, gradients):
    """The parameters PyTorch reaches, or None where its definition differs."""
    import torch

    p = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    lr = options.get("lr", 0.01 if name == "sgd" else 0.001)
    make = {
        # With a constant rate PyTorch's velocity is the same but for the factor -lr.
        "sgd": lambda: torch.optim.SGD([p], lr, momentum=options.get("momentum", 0), nesterov=options.get("nesterov", False)),
        "adamax": lambda: torch.optim.Adamax([p], lr, eps=0),
        "adagrad": lambda: torch.optim.Adagrad([p], lr, initial_accumulator_value=options.get("accumulator", 0.1), eps=0),
        "rmsprop": lambda: torch.optim.RMSprop([p], lr, alpha=options.get("rho", 0.9), eps=0, momentum=options.get("momentum", 0),
                                               centered=options.get("centered", False)),
        "adadelta": lambda: torch.optim.Adadelta([p], lr, rho=options.get("rho", 0.95), eps=1e-7),
        "adam": lambda: torch.optim.Adam([p], lr, (options.get("beta1", 0.9), options.get("beta2", 0.999)), eps=0),
    }.get(name)
    if make is None or options.get("amsgrad"):
        return None
    optimizer = make()
    for g in gradients:
        p.grad = torch.tensor(g, dtype=torch.float64)
        optimizer.step()
    return p.detach().tolist()


def run(rule, options, w, gradients, slots):
    w = list(w)
    state = [list(slots) for _ in w]
    for t, g in enumerate(gradients, 1):
        w = [rule(w[i], g[i], state[i], t, **options) for i in range(len(w))]
    return w, state


CASES = [
    ("SGD", sgd, {}),
    ("SGD", sgd, {"lr": 0.1, "momentum": 0.9}),
    ("SGD", sgd, {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("Adam", adam, {}),
    ("Adam", adam, {"lr": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3}),
    ("Adam", adam, {"lr": 0.01, "amsgrad": True}),
    ("RMSprop", rmsprop, {}),
    ("RMSprop", rmsprop, {"lr": 0.01, "rho": 0.8, "momentum": 0.7}),
    ("RMSprop", rmsprop, {"lr": 0.01, "centered": True}),
    ("RMSprop", rmsprop, {"lr": 0.01, "momentum": 0.5, "centered": True}),
    ("Adagrad", adagrad, {}),
    ("Adagrad", adagrad, {"lr": 0.1, "accumulator": 0.0}),
    ("Adadelta", adadelta, {}),
    ("Adadelta", adadelta, {"lr": 1.0, "rho": 0.9}),
    ("Nadam", nadam, {}),
    ("Nadam", nadam, {"lr": 0.02, "beta1": 0.8, "beta2": 0.99}),
    ("Adamax", adamax, {}),
    ("Lion", lion, {}),
    ("Ftrl", ftrl, {}),
    ("Ftrl", ftrl, {"lr": 0.1, "l1": 0.05, "l2": 0.02, "shrinkage": 0.01, "beta": 0.1}),
    ("Ftrl", ftrl, {"lr": 0.1, "power": -0.3}),
    ("AdamW", adam, {"decay": 0.004}),
    ("AdamW", adam, {"lr": 0.1, "decay": 0.2}),
]


def main():
    rng = random.Random(11)
    width = 19
    start = [single(rng.uniform(-1, 1)) for _ in range(width)]
    gradients = [[single(rng.gauss(0, 1) * 10 ** rng.uniform(-3, 0.5)) for _ in range(width)] for _ in range(STEPS)]
    gradients[2][3] = 0.0
    cases = []
    for name, rule, options in CASES:
        options = dict(options)
        decay = options.pop("decay", None)
        slots = [options.get("accumulator", 0.1) if rule in (adagrad, ftrl) else 0.0, 0.0, 0.0]
        if decay is not None:
            lr = options.get("lr", 0.001)
            decayed = lambda w, g, s, t, **o: rule(w - lr * decay * w, g, s, t, **o)
            expected, _ = run(decayed, options, start, gradients, slots)
        else:
            expected, _ = run(rule, options, start, gradients, slots)
            # PyTorch adds epsilon elsewhere or to another quantity: both sides without it.
            bare = {**options, "epsilon": 0.0} if rule in (adam, adamax, adagrad, rmsprop) else options
            torch = torch_result(rule.__name__, options, start, gradients)
            if torch is not None and not (rule is adagrad and options.get("accumulator") == 0):
                reached, _ = run(rule, bare, start, gradients, slots)
                for i, (a, b) in enumerate(zip(reached, torch)):
                    assert abs(a - b) < 1e-9, (name, options, i, a, b)
        if decay is not None:
            options["decay"] = decay
        cases.append({"optimizer": name, "options": options, "expected": expected})
    golden = {"start": start, "gradients": gradients, "cases": cases}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimizers.json"), "w") as file:
        file.write('{"start": ' + json.dumps(start) + ',\n"gradients": [\n')
        file.write(",\n".join(json.dumps(g) for g in golden["gradients"]))
        file.write('],\n"cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}\n")


if __name__ == "__main__":
    main()
