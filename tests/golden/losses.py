"""Golden values of the losses, written to losses.json beside this file.

Every loss is written out from its definition (keras/src/losses/losses.py, Keras 3) in double precision, with its derivative by
central differences. Where PyTorch has the same definition its value and its derivative must agree, or the script fails.
The clipping bounds are the single-precision numbers Keras clips to.

    python3 tests/golden/losses.py
"""

import json
import math
import os
import random
import struct


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


EPSILON = single(1e-7)
HIGH = single(1 - 1e-7)


def clip(x, low=EPSILON, high=HIGH):
    return min(max(x, low), high)


def mean(values):
    return sum(values) / len(values)


def softmax(z):
    m = max(z)
    e = [math.exp(v - m) for v in z]
    return [v / sum(e) for v in e]


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def softplus(x):
    return max(x, 0) + math.log1p(math.exp(-abs(x)))


def smooth_binary(y, s):
    return [v * (1 - s) + s / 2 for v in y]


def smooth_categorical(y, s):
    return [v * (1 - s) + s / len(y) for v in y]


def mean_squared_error(p, y):
    return mean([(a - b) ** 2 for a, b in zip(p, y)])


def mean_absolute_error(p, y):
    return mean([abs(a - b) for a, b in zip(p, y)])


def binary_crossentropy(p, y, fromLogits=False, labelSmoothing=0.0):
    y = smooth_binary(y, labelSmoothing)
    if fromLogits:
        return mean([softplus(z) - z * b for z, b in zip(p, y)])
    p = [clip(v) for v in p]
    return mean([-b * math.log(a) - (1 - b) * math.log(1 - a) for a, b in zip(p, y)])


def categorical_crossentropy(p, y, fromLogits=False, labelSmoothing=0.0):
    y = smooth_categorical(y, labelSmoothing)
    if fromLogits:
        total = math.log(sum(math.exp(z - max(p)) for z in p)) + max(p)
        return sum(b * (total - z) for z, b in zip(p, y))
    return -sum(b * math.log(clip(a / sum(p))) for a, b in zip(p, y))


def sparse_categorical_crossentropy(p, y, fromLogits=False):
    return categorical_crossentropy(p, [float(i == int(y[0])) for i in range(len(p))], fromLogits)


def mean_absolute_percentage_error(p, y):
    return 100 * mean([abs(a - b) / max(abs(b), EPSILON) for a, b in zip(p, y)])


def mean_squared_logarithmic_error(p, y):
    return mean([(math.log(max(a, EPSILON) + 1) - math.log(max(b, EPSILON) + 1)) ** 2 for a, b in zip(p, y)])


def huber(p, y, delta=1.0):
    errors = [abs(a - b) for a, b in zip(p, y)]
    return mean([e * e / 2 if e <= delta else delta * e - delta * delta / 2 for e in errors])


def log_cosh(p, y):
    return mean([(a - b) + softplus(-2 * (a - b)) - math.log(2) for a, b in zip(p, y)])


def signs(y):
    return [2 * v - 1 for v in y] if all(v in (0.0, 1.0) for v in y) else y


def hinge(p, y):
    return mean([max(1 - b * a, 0) for a, b in zip(p, signs(y))])


def squared_hinge(p, y):
    return mean([max(1 - b * a, 0) ** 2 for a, b in zip(p, signs(y))])


def categorical_hinge(p, y):
    positive = sum(b * a for a, b in zip(p, y))
    negative = max((1 - b) * a for a, b in zip(p, y))
    return max(negative - positive + 1, 0)


def kl_divergence(p, y):
    p, y = [clip(v, high=1.0) for v in p], [clip(v, high=1.0) for v in y]
    return sum(b * math.log(b / a) for a, b in zip(p, y))


def poisson(p, y):
    return mean([a - b * math.log(a + EPSILON) for a, b in zip(p, y)])


def cosine_similarity(p, y):
    def normalize(v):
        length = max(math.sqrt(sum(x * x for x in v)), EPSILON)
        return [x / length for x in v]

    return -sum(a * b for a, b in zip(normalize(p), normalize(y)))


def binary_focal_crossentropy(p, y, applyClassBalancing=False, alpha=0.25, gamma=2.0, fromLogits=False, labelSmoothing=0.0):
    y = smooth_binary(y, labelSmoothing)
    p = [sigmoid(v) for v in p] if fromLogits else p
    terms = []
    for a, b in zip(p, y):
        c = clip(a)
        term = (1 - (b * a + (1 - b) * (1 - a))) ** gamma * (-b * math.log(c) - (1 - b) * math.log(1 - c))
        terms.append(term * (b * alpha + (1 - b) * (1 - alpha)) if applyClassBalancing else term)
    return mean(terms)


def categorical_focal_crossentropy(p, y, alpha=0.25, gamma=2.0, fromLogits=False, labelSmoothing=0.0):
    y = smooth_categorical(y, labelSmoothing)
    p = softmax(p) if fromLogits else p
    q = [clip(a / sum(p)) for a in p]
    alpha = alpha if isinstance(alpha, list) else [alpha] * len(q)
    return sum(w * (1 - a) ** gamma * -b * math.log(a) for w, a, b in zip(alpha, q, y))


def normals(random, n, scale=1.0):
    return [single(random.gauss(0, scale)) for _ in range(n)]


def probabilities(random, n):
    return [single(random.uniform(0.02, 0.98)) for _ in range(n)]


def distribution(random, n):
    return [single(v) for v in softmax(normals(random, n, 1.5))]


def bits(random, n):
    return [float(random.random() < 0.5) for _ in range(n)]


def plus_minus(random, n):
    return [float(random.choice((-1, 1))) for _ in range(n)]


def counts(random, n):
    return [float(random.randrange(6)) for _ in range(n)]


def rates(random, n):
    return [single(random.uniform(0.2, 5)) for _ in range(n)]


def one_hot(random, n):
    label = random.randrange(n)
    return [float(i == label) for i in range(n)]


def label(random, n):
    return [float(random.randrange(n))]


# (definition, options, predictions, targets, PyTorch equivalent or None)
LOSSES = [
    (mean_squared_error, {}, normals, normals, lambda F, p, y: F.mse_loss(p, y)),
    (mean_absolute_error, {}, normals, normals, lambda F, p, y: F.l1_loss(p, y)),
    (binary_crossentropy, {}, probabilities, bits, lambda F, p, y: F.binary_cross_entropy(p, y)),
    (binary_crossentropy, {"labelSmoothing": 0.2}, probabilities, bits,
     lambda F, p, y: F.binary_cross_entropy(p, y * 0.8 + 0.1)),
    (binary_crossentropy, {"fromLogits": True}, normals, bits, lambda F, p, y: F.binary_cross_entropy_with_logits(p, y)),
    (categorical_crossentropy, {}, distribution, one_hot, None),
    (categorical_crossentropy, {}, probabilities, distribution, None),
    (categorical_crossentropy, {"labelSmoothing": 0.1}, distribution, one_hot, None),
    (categorical_crossentropy, {"fromLogits": True, "labelSmoothing": 0.1}, normals, one_hot,
     lambda F, p, y: F.cross_entropy(p[None], y.argmax()[None], label_smoothing=0.1)),
    (categorical_crossentropy, {"fromLogits": True}, normals, one_hot,
     lambda F, p, y: F.cross_entropy(p[None], y.argmax()[None])),
    (sparse_categorical_crossentropy, {}, distribution, label,
     lambda F, p, y: F.nll_loss((p / p.sum()).log()[None], y.long())),
    (sparse_categorical_crossentropy, {"fromLogits": True}, normals, label,
     lambda F, p, y: F.cross_entropy(p[None], y.long())),
    (mean_absolute_percentage_error, {}, normals, normals, None),
    (mean_squared_logarithmic_error, {}, rates, counts, lambda F, p, y: F.mse_loss(p.log1p(), y.clamp(min=EPSILON).log1p())),
    (huber, {}, normals, normals, lambda F, p, y: F.huber_loss(p, y)),
    (huber, {"delta": 0.25}, normals, normals, lambda F, p, y: F.huber_loss(p, y, delta=0.25)),
    (log_cosh, {}, normals, normals, lambda F, p, y: (p - y).cosh().log().mean()),
    (hinge, {}, normals, bits, None),
    (hinge, {}, normals, plus_minus, lambda F, p, y: (1 - y * p).clamp(min=0).mean()),
    (squared_hinge, {}, normals, bits, None),
    (squared_hinge, {}, normals, plus_minus, None),
    (categorical_hinge, {}, normals, one_hot, None),
    (kl_divergence, {}, distribution, distribution, lambda F, p, y: F.kl_div(p.log(), y, reduction="sum")),
    (poisson, {}, rates, counts, lambda F, p, y: F.poisson_nll_loss(p, y, log_input=False, eps=EPSILON)),
    (cosine_similarity, {}, normals, normals, lambda F, p, y: -F.cosine_similarity(p, y, dim=0)),
    (binary_focal_crossentropy, {}, probabilities, bits, None),
    (binary_focal_crossentropy, {"applyClassBalancing": True, "alpha": 0.3, "gamma": 1.5, "labelSmoothing": 0.1},
     probabilities, bits, None),
    (binary_focal_crossentropy, {"gamma": 0.0}, probabilities, bits, lambda F, p, y: F.binary_cross_entropy(p, y)),
    (binary_focal_crossentropy, {"fromLogits": True}, normals, bits, None),
    (categorical_focal_crossentropy, {}, distribution, one_hot, None),
    (categorical_focal_crossentropy, {"alpha": 0.6, "gamma": 1.0, "labelSmoothing": 0.1}, probabilities, one_hot, None),
    (categorical_focal_crossentropy, {"fromLogits": True}, normals, one_hot, None),
    (categorical_focal_crossentropy, {"fromLogits": True, "gamma": 0.0, "alpha": 1.0}, normals, one_hot,
     lambda F, p, y: F.cross_entropy(p[None], y.argmax()[None])),
]

# Hand-picked points: outside the clip, at a tie, far from the target.
SPECIAL = [
    (binary_crossentropy, {}, [0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]),
    (binary_crossentropy, {"fromLogits": True}, [40.0, -40.0, 100.0, -100.0, 0.0], [0.0, 1.0, 1.0, 0.0, 1.0]),
    (categorical_crossentropy, {}, [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]),
    (categorical_crossentropy, {"fromLogits": True}, [90.0, -90.0, 0.0], [0.0, 1.0, 0.0]),
    (sparse_categorical_crossentropy, {}, [1.0, 0.0, 0.0], [2.0]),
    (sparse_categorical_crossentropy, {"fromLogits": True}, [1000.0, 0.0, -1000.0], [2.0]),
    (mean_absolute_error, {}, [1.0, 2.0], [1.0, 5.0]),
    (mean_squared_logarithmic_error, {}, [-3.0, 2.0], [1.0, -1.0]),
    (log_cosh, {}, [100.0], [0.0]),
    (log_cosh, {}, [0.01], [0.0]),
    (categorical_hinge, {}, [5.0, 0.5, -1.0], [1.0, 0.0, 0.0]),
    (kl_divergence, {}, [0.0, 1.5, 0.5], [0.5, 0.5, 0.0]),
    (cosine_similarity, {}, [3e-8, 4e-8], [1.0, 2.0]),
    (cosine_similarity, {}, [1.0, 2.0], [0.0, 0.0]),
    (binary_focal_crossentropy, {}, [0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]),
    (categorical_focal_crossentropy, {}, [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]),
    (categorical_focal_crossentropy, {"alpha": [0.1, 0.7, 0.2]}, [0.25, 0.5, 0.25], [0.0, 1.0, 0.0]),
    (categorical_focal_crossentropy, {"alpha": [0.1, 0.7, 0.2], "gamma": 1.5, "fromLogits": True, "labelSmoothing": 0.2},
     [0.5, -1.0, 2.0], [0.25, 0.5, 0.25]),
]


def gradient(loss, p, y, options, h=1e-6):
    result = []
    for i in range(len(p)):
        # At exactly 0 or 1 a probability is outside the clip and must stay there; a tiny vector must stay shorter than EPSILON.
        step = 1e-9 if p[i] in (0.0, 1.0) or abs(p[i]) < 1e-6 else h * max(1e-3, abs(p[i]))
        up, down = list(p), list(p)
        up[i] += step
        down[i] -= step
        result.append((loss(up, y, **options) - loss(down, y, **options)) / (2 * step))
    return result


def case(loss, options, p, y):
    return {
        "loss": "".join(part.capitalize() for part in loss.__name__.split("_")).replace("Kl", "KL"),
        "options": options,
        "prediction": p,
        "target": y,
        "value": loss(p, y, **options),
        "gradient": gradient(loss, p, y, options),
    }


def compare_with_torch(entry, equivalent):
    import torch
    import torch.nn.functional as F

    p = torch.tensor(entry["prediction"], dtype=torch.float64, requires_grad=True)
    value = equivalent(F, p, torch.tensor(entry["target"], dtype=torch.float64))
    value.backward()
    assert math.isclose(value.item(), entry["value"], rel_tol=1e-9), (entry, value.item())
    for ours, theirs in zip(entry["gradient"], p.grad.tolist()):
        assert math.isclose(ours, theirs, rel_tol=1e-5, abs_tol=1e-7), (entry, p.grad.tolist())


def main():
    source = random.Random(2024)
    cases = []
    for loss, options, predictions, targets, equivalent in LOSSES:
        for n in (2, 5, 10) if loss is not mean_squared_error else (1, 5, 10):
            entry = case(loss, options, predictions(source, n), targets(source, n))
            if equivalent:
                compare_with_torch(entry, equivalent)
            cases.append(entry)
    for loss, options, p, y in SPECIAL:
        cases.append(case(loss, options, p, y))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "losses.json")
    with open(path, "w", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(entry) for entry in cases) + "\n]\n")


if __name__ == "__main__":
    main()
