"""Golden values of the metrics, written to metrics.json beside this file.

Every metric is computed over a whole set of samples at once from its definition (keras/src/metrics, Keras 3) in double precision, the
area under a curve threshold by threshold. The examples of the Keras documentation are checked on the way.

    python3 tests/golden/metrics.py
"""

import json
import math
import os
import random


def short(x):
    return round(x, 4)


def divide(a, b):
    return a / b if b else 0.0


def pairs(samples, class_id=None, top_k=None):
    """(prediction, is positive, weight) of every single answer."""
    for p, y, w in samples:
        kept = sorted(range(len(p)), key=lambda i: (-p[i], i))[:top_k]
        for i in range(len(p)) if class_id is None else [class_id]:
            yield (p[i] if i in kept else -1e10), y[i] != 0, w


def counts(samples, threshold=None, topK=None, classId=None):
    threshold = threshold if threshold is not None else 0.5 if topK is None else -1e10
    tp = fp = fn = tn = 0.0
    for p, positive, w in pairs(samples, classId, topK):
        if p > threshold:
            tp, fp = (tp + w, fp) if positive else (tp, fp + w)
        else:
            fn, tn = (fn + w, tn) if positive else (fn, tn + w)
    return tp, fp, fn, tn


def precision(samples, **options):
    tp, fp, _, _ = counts(samples, **options)
    return divide(tp, tp + fp)


def recall(samples, **options):
    tp, _, fn, _ = counts(samples, **options)
    return divide(tp, tp + fn)


def auc(samples, numThresholds=200, curve="Roc", fromLogits=False):
    if fromLogits:
        samples = [([1 / (1 + math.exp(-v)) for v in p], y, w) for p, y, w in samples]
    levels = [-1e-7] + [i / (numThresholds - 1) for i in range(1, numThresholds - 1)] + [1 + 1e-7]
    tp, fp, fn, tn = zip(*[counts(samples, threshold=t) for t in levels])
    area = 0.0
    for i in range(numThresholds - 1):
        if curve == "Roc":
            x = [divide(fp[j], fp[j] + tn[j]) for j in (i, i + 1)]
            y = [divide(tp[j], tp[j] + fn[j]) for j in (i, i + 1)]
            area += (x[0] - x[1]) * (y[0] + y[1]) / 2
        else:
            dtp = tp[i] - tp[i + 1]
            answers = [tp[j] + fp[j] for j in (i, i + 1)]
            slope = divide(dtp, answers[0] - answers[1])
            intercept = tp[i + 1] - slope * answers[1]
            ratio = answers[0] / answers[1] if answers[0] > 0 and answers[1] > 0 else 1.0
            area += divide(slope * (dtp + intercept * math.log(ratio)), tp[i + 1] + fn[i + 1])
    return area


def f1_per_class(samples, threshold=None, micro=False):
    classes = len(samples[0][0])
    tp, fp, fn = ([0.0] * classes for _ in range(3))
    for p, y, w in samples:
        for i in range(classes):
            answer = p[i] > threshold if threshold is not None else p[i] >= max(p) and abs(p[i]) > 1e-9
            tp[i] += w * answer * y[i]
            fp[i] += w * answer * (1 - y[i])
            fn[i] += w * (not answer) * y[i]
    support = [a + b for a, b in zip(tp, fn)]
    if micro:
        tp, fp, fn = [sum(tp)], [sum(fp)], [sum(fn)]
    scores = []
    for a, b, c in zip(tp, fp, fn):
        pr, re = a / (a + b + 1e-7), a / (a + c + 1e-7)
        scores.append(2 * pr * re / (pr + re + 1e-7))
    return scores, support


def f1_score(samples, average="Macro", threshold=None):
    scores, support = f1_per_class(samples, threshold, average == "Micro")
    if average == "Weighted":
        return sum(s * n for s, n in zip(scores, support)) / (sum(support) + 1e-7)
    return sum(scores) / len(scores)


def top_k_accuracy(samples, k=5):
    right = 0.0
    for p, y, w in samples:
        kth = sorted(p, reverse=True)[min(k, len(p)) - 1]
        right += w * (p[y.index(max(y))] >= kth)
    return right / sum(w for _, _, w in samples)


def accuracy(samples):
    if len(samples[0][0]) == 1:
        right = sum(w * ((p[0] > 0.5) == bool(y[0])) for p, y, w in samples)
    else:
        right = sum(w * (p.index(max(p)) == y.index(max(y))) for p, y, w in samples)
    return right / sum(w for _, _, w in samples)


def root_mean_squared_error(samples):
    squares = sum(w * (a - b) ** 2 for p, y, w in samples for a, b in zip(p, y))
    return math.sqrt(squares / sum(w * len(p) for p, _, w in samples))


def r2_score(samples, aggregation="UniformAverage", regressors=0):
    scores, totals = [], []
    weight = sum(w for _, _, w in samples)
    for i in range(len(samples[0][0])):
        average = sum(w * y[i] for _, y, w in samples) / weight
        totals.append(sum(w * (y[i] - average) ** 2 for _, y, w in samples))
        scores.append(1 - sum(w * (y[i] - p[i]) ** 2 for p, y, w in samples) / totals[-1])
    if aggregation == "UniformAverage":
        score = sum(scores) / len(scores)
    else:
        score = sum(s * t for s, t in zip(scores, totals)) / sum(totals)
    n = len(samples) * len(scores)
    return score if not regressors else 1 - (1 - score) * (n - 1) / (n - regressors - 1)


def mean_squared_error(samples):
    return root_mean_squared_error(samples) ** 2


def cosine_similarity(samples):
    def unit(v):
        length = math.sqrt(sum(x * x for x in v))
        return [x / length for x in v]

    return sum(w * sum(a * b for a, b in zip(unit(p), unit(y))) for p, y, w in samples) / sum(w for _, _, w in samples)


def check_documented_examples():
    def plain(p, y):
        return [([float(a)], [float(b)], 1.0) for a, b in zip(p, y)]

    assert auc(plain([0, 0.5, 0.3, 0.9], [0, 0, 1, 1]), numThresholds=3) == 0.75
    three = [([0.2, 0.6, 0.7], [1, 1, 1], 1.0), ([0.2, 0.6, 0.6], [1, 0, 0], 1.0), ([0.6, 0.8, 0.0], [1, 1, 0], 1.0)]
    for score, expected in zip(f1_per_class(three, threshold=0.5)[0], (0.5, 0.8, 2 / 3)):
        assert math.isclose(score, expected, rel_tol=1e-6)
    assert math.isclose(r2_score(plain([2, 4, 4], [1, 4, 3])), 0.57142857, rel_tol=1e-7)
    assert precision(plain([1, 0, 1, 1], [0, 1, 1, 1])) == 2 / 3
    assert recall(plain([1, 0, 1, 1], [0, 1, 1, 1])) == 2 / 3


def check_area_against_ranks(samples):
    positive = [p[0] for p, y, _ in samples if y[0]]
    negative = [p[0] for p, y, _ in samples if not y[0]]
    wins = sum((a > b) + (a == b) / 2 for a in positive for b in negative)
    unweighted = [(p, y, 1.0) for p, y, _ in samples]
    assert abs(auc(unweighted, numThresholds=2000) - wins / len(positive) / len(negative)) < 1e-3


def main():
    check_documented_examples()
    source = random.Random(7)

    def weights(weighted):
        return source.choice((0.5, 1.0, 2.0)) if weighted else 1.0

    def binary(n=60, weighted=False):
        result = []
        for _ in range(n):
            y = float(source.random() < 0.4)
            result.append(([short(min(max(source.gauss(0.35 + 0.3 * y, 0.2), 0.0), 1.0))], [y], weights(weighted)))
        return result

    def classes(n=60, k=6, weighted=False):
        result = []
        for _ in range(n):
            label = source.randrange(k)
            e = [math.exp(source.gauss(1.2 * (i == label), 1)) for i in range(k)]
            result.append(([short(v / sum(e)) for v in e], [float(i == label) for i in range(k)], weights(weighted)))
        return result

    def several(n=40, k=3):
        return [([short(source.random()) for _ in range(k)], [float(source.random() < 0.4) for _ in range(k)], 1.0) for _ in range(n)]

    def real(n=40, k=1, weighted=False):
        result = []
        for _ in range(n):
            y = [short(source.gauss(3 * i, 1 + i)) for i in range(k)]
            result.append(([short(v + source.gauss(0.1, 0.5)) for v in y], y, weights(weighted)))
        return result

    # The numbers of thresholds below put no threshold on a number of four decimals, where single precision would decide the comparison.
    check_area_against_ranks(binary(400))
    logits = [([short(source.gauss(0, 2))], y, w) for _, y, w in binary()]
    cases = [
        (accuracy, {}, binary(weighted=True)), (accuracy, {}, classes(weighted=True)),
        (precision, {}, binary()), (precision, {"threshold": 0.3}, binary(weighted=True)), (precision, {"topK": 2}, classes()),
        (precision, {"classId": 1}, several()), (precision, {"threshold": 0.2, "topK": 3}, classes()),
        (precision, {"threshold": 1.0}, binary()),
        (recall, {}, binary()), (recall, {"threshold": 0.3}, binary(weighted=True)), (recall, {"topK": 2}, classes()),
        (recall, {"classId": 2}, several()),
        (auc, {}, binary()), (auc, {"numThresholds": 12}, binary(weighted=True)), (auc, {"fromLogits": True}, logits),
        (auc, {"curve": "PrecisionRecall"}, binary()), (auc, {"curve": "PrecisionRecall", "numThresholds": 20}, several()),
        (auc, {"curve": "PrecisionRecall", "numThresholds": 8}, [([0.9, 0.8, 0.7, 0.6, 0.1], [0.0, 1.0, 0.0, 1.0, 0.0], 0.5)]),
        (f1_score, {}, classes()), (f1_score, {"average": "Micro"}, classes(weighted=True)), (f1_score, {"average": "Weighted"}, classes()),
        (f1_score, {"threshold": 0.6}, several()), (f1_score, {"threshold": 0.5}, binary()),
        (top_k_accuracy, {"k": 1}, classes()), (top_k_accuracy, {"k": 3}, classes(weighted=True)), (top_k_accuracy, {}, classes()),
        (root_mean_squared_error, {}, real(k=3)), (root_mean_squared_error, {}, real(weighted=True)),
        (mean_squared_error, {}, real(weighted=True)), (cosine_similarity, {}, real(k=3, weighted=True)),
        (r2_score, {}, real()), (r2_score, {"regressors": 3}, real(k=2)), (r2_score, {}, real(k=3, weighted=True)),
        (r2_score, {"aggregation": "VarianceWeightedAverage"}, real(k=3)),
    ]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "metrics.json")
    with open(path, "w", newline="\n") as file:
        lines = [json.dumps({
            "metric": metric.__name__,
            "options": options,
            "value": metric(samples, **options),
            "samples": samples,
        }) for metric, options, samples in cases]
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
