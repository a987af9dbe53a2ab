"""Golden values of the learning rate schedules, written to schedules.json beside this file.

Every schedule is written from its definition (keras/src/optimizers/schedules/learning_rate_schedule.py, Keras 3) in double precision;
the restarts by walking from one period to the next. Where PyTorch has the same curve the values must agree, or the script fails.

    python3 tests/golden/schedules.py
"""

import json
import math
import os

STEPS = list(range(100)) + [1000, 123456]


def exponential(step, rate, steps, decay, staircase=False):
    progress = step // steps if staircase else step / steps
    return rate * decay ** progress


def inverse_time(step, rate, steps, decay, staircase=False):
    progress = step // steps if staircase else step / steps
    return rate / (1 + decay * progress)


def polynomial(step, rate, steps, end=0.0001, power=1.0, cycle=False):
    if cycle:
        steps = steps * (math.ceil(step / steps) if step else 1)
    else:
        step = min(step, steps)
    return (rate - end) * (1 - step / steps) ** power + end


def cosine(step, rate, steps, alpha=0.0, target=None, warmup=0):
    if target is not None:
        if step < warmup:
            return (target - rate) * step / warmup + rate
        step, rate = step - warmup, target
    progress = min(step, steps) / steps
    return rate * ((1 - alpha) * 0.5 * (1 + math.cos(math.pi * progress)) + alpha)


def restarts(step, rate, steps, longer=2.0, higher=1.0, alpha=0.0):
    length, height = float(steps), 1.0
    while step >= length:
        step, length, height = step - length, length * longer, height * higher
    return rate * ((1 - alpha) * 0.5 * height * (1 + math.cos(math.pi * step / length)) + alpha)


def piecewise(step, boundaries, values):
    for boundary, value in zip(boundaries, values):
        if step <= boundary:
            return value
    return values[-1]


CASES = [
    ("ExponentialDecay", exponential, [0.1, 10, 0.9]),
    ("ExponentialDecay", exponential, [0.1, 10, 0.9, True]),
    ("InverseTimeDecay", inverse_time, [0.1, 10, 0.5]),
    ("InverseTimeDecay", inverse_time, [0.1, 10, 0.5, True]),
    ("PolynomialDecay", polynomial, [0.1, 40]),
    ("PolynomialDecay", polynomial, [0.1, 40, 0.01, 0.5]),
    ("PolynomialDecay", polynomial, [0.1, 30, 0.01, 2.0, True]),
    ("CosineDecay", cosine, [0.1, 60]),
    ("CosineDecay", cosine, [0.1, 60, 0.25]),
    ("CosineDecay", cosine, [0.01, 50, 0.1, 0.2, 20]),
    ("CosineDecayRestarts", restarts, [0.1, 10]),
    ("CosineDecayRestarts", restarts, [0.1, 10, 1.0, 0.5]),
    ("CosineDecayRestarts", restarts, [0.1, 7, 1.5, 0.8, 0.1]),
    ("CosineDecayRestarts", restarts, [0.1, 3, 3.0]),
    ("PiecewiseConstantDecay", piecewise, [[10, 50], [0.1, 0.05, 0.01]]),
    ("PiecewiseConstantDecay", piecewise, [[], [0.3]]),
]


def compare_with_torch():
    import torch

    def rates(make, count=60):
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
        schedule = make(optimizer)
        result = []
        for _ in range(count):
            result.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        return result

    S = torch.optim.lr_scheduler
    pairs = [
        (rates(lambda o: S.ExponentialLR(o, 0.9)), [exponential(i, 0.1, 1, 0.9) for i in range(60)]),
        (rates(lambda o: S.CosineAnnealingLR(o, 60)), [cosine(i, 0.1, 60) for i in range(60)]),
        (rates(lambda o: S.CosineAnnealingWarmRestarts(o, 10, 2)), [restarts(i, 0.1, 10) for i in range(60)]),
    ]
    for theirs, ours in pairs:
        for a, b in zip(theirs, ours):
            assert math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12), (a, b)


def main():
    compare_with_torch()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schedules.json")
    with open(path, "w", newline="\n") as file:
        lines = [json.dumps({
            "schedule": name,
            "arguments": arguments,
            "steps": STEPS,
            "values": [function(step, *arguments) for step in STEPS],
        }) for name, function, arguments in CASES]
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
