"""Golden values of the tests and estimates for data that moved, written to shift.json beside this file.

Tests of two samples and tails of distributions come from scipy; the maximum mean discrepancy, EM and the confusion matrix are computed by
their formulas with numpy; the exact distribution of the Kolmogorov-Smirnov statistic with ties by counting all divisions of the pool.

    python3 tests/golden/shift.py        # needs python3-scipy
"""

import itertools
import json
import os

import numpy as np
import scipy
from scipy import optimize, special, stats

random = np.random.default_rng(7)


def numbers(values):
    return [float(str(np.float32(v))) for v in values]


def tails():
    points = [-3.5, -1.0, 0.0, 0.3, 1.0, 1.96, 3.0, 6.0, 9.5]
    return {
        "normal": [[z, float(stats.norm.sf(z))] for z in points],
        "normal_quantile": [[p, float(stats.norm.ppf(p))] for p in [1e-12, 1e-4, 0.025, 0.3, 0.5, 0.9, 0.99999]],
        "chi_squared": [[x, k, float(stats.chi2.sf(x, k))] for x, k in [(0.1, 1), (3.84, 1), (9.0, 9), (30.0, 9), (200.0, 9), (95.0, 99)]],
        "kolmogorov": [[x, float(special.kolmogorov(x))] for x in [0.2, 0.5, 0.8, 0.99, 1.0, 1.36, 2.0, 4.0]],
    }


def kolmogorov_smirnov():
    cases = []
    for n, m, move in [(5, 7, 0.0), (20, 30, 0.5), (100, 100, 0.0), (150, 90, 0.3), (400, 700, 0.1)]:
        x, y = numbers(random.normal(size=n)), numbers(random.normal(move, size=m))
        result = stats.ks_2samp(x, y, method="exact")
        cases.append({"x": x, "y": y, "statistic": float(result.statistic), "p": float(result.pvalue)})
    return cases


def kolmogorov_smirnov_large():
    """Too many pairs for an exact value in Unroll; scipy has it."""
    x, y = random.normal(size=1500), random.normal(0.05, size=1200)
    x, y = numbers(x), numbers(y)
    result = stats.ks_2samp(x, y, method="exact")
    return {"x": x, "y": y, "statistic": float(result.statistic), "p": float(result.pvalue)}


def kolmogorov_smirnov_ties():
    """All divisions of the pool, counted."""
    cases = []
    for x, y in [([0, 0, 1, 1, 2], [0, 1, 2, 2, 2, 3]), ([0, 0, 0, 0, 1, 1], [0, 1, 1, 1, 1, 1]), ([1, 2, 2, 5], [3, 3, 5, 5, 5, 7])]:
        pool = np.array(x + y)

        def distance(places):
            chosen = np.zeros(len(pool), bool)
            chosen[list(places)] = True
            a, b = pool[chosen], pool[~chosen]
            values = np.unique(pool)
            return max(abs(np.mean(a <= v) - np.mean(b <= v)) for v in values)

        given = distance(range(len(x)))
        divisions = [distance(places) for places in itertools.combinations(range(len(pool)), len(x))]
        p = np.mean([d >= given - 1e-9 for d in divisions])
        cases.append({"x": [float(v) for v in x], "y": [float(v) for v in y], "statistic": float(given), "p": float(p)})
    return cases


def mann_whitney():
    cases = []
    for x, y in [
        (random.normal(size=40), random.normal(0.4, size=60)),
        (np.round(random.normal(size=50) * 2), np.round(random.normal(0.2, size=30) * 2)),
        (np.arange(12.0), np.arange(15.0)),
    ]:
        x, y = numbers(x), numbers(y)
        result = stats.mannwhitneyu(y, x, alternative="greater", method="asymptotic", use_continuity=True)
        cases.append({"x": x, "y": y, "area": float(result.statistic / (len(x) * len(y))), "p": float(result.pvalue)})
    return cases


def chi_squared():
    cases = []
    for x, y in [([10, 20, 30], [15, 15, 40]), ([100, 80, 0, 20], [90, 100, 5, 15]), ([7, 0, 3], [2, 0, 8])]:
        seen = np.array([x, y])[:, (np.array(x) + np.array(y)) > 0]
        result = stats.chi2_contingency(seen, correction=False)
        cases.append({"x": x, "y": y, "statistic": float(result[0]), "p": float(result[1])})
    return cases


def discrepancy():
    """Gretton 2012, equation 3, the width from the median distance of pooled rows."""
    x, y = random.normal(size=(15, 3)), random.normal(0.7, 1.5, size=(20, 3))
    rows = np.array([numbers(row) for row in np.concatenate([x, y])])
    squares = ((rows[:, None] - rows[None]) ** 2).sum(-1)
    kernel = np.exp(-squares / (2 * np.median(squares[np.tril_indices(35, -1)])))
    within = [part - np.eye(len(part)) for part in (kernel[:15, :15], kernel[15:, 15:])]
    value = within[0].sum() / (15 * 14) + within[1].sum() / (20 * 19) - 2 * kernel[:15, 15:].mean()
    return {"rows": [v for row in rows.tolist() for v in row], "width": 3, "first": 15, "statistic": float(value)}


def holm():
    """statsmodels is not needed: the rule itself, step by step."""
    p = [0.01, 0.04, 0.03, 0.005, 0.2]
    order = np.argsort(p)
    adjusted, least = [0.0] * len(p), 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, (len(p) - rank) * p[place]))
        adjusted[place] = least
    return {"p": p, "adjusted": adjusted}


def classifier(n, frequencies, sharpness):
    labels = random.choice(3, size=n, p=frequencies)
    centers = np.array([[1.2, 0.0], [0.0, 1.2], [-0.9, -0.9]])
    x = centers[labels] + random.normal(size=(n, 2))
    logits = x @ centers.T - (centers ** 2).sum(-1) / 2
    outputs = special.softmax(sharpness * logits + np.array([0.3, 0.0, -0.2]), axis=1)
    return labels, np.array([numbers(row) for row in outputs])


def label_shift():
    """An overconfident, biased classifier; calibration by a general optimizer, EM by its two lines, the matrix by numpy's solve."""
    labels, validation = classifier(300, [0.3, 0.3, 0.4], 2.5)
    truth, target = classifier(250, [0.6, 0.3, 0.1], 2.5)
    logs = np.log(validation)

    def loss(v):
        z = v[0] * logs + v[1:]
        nll = special.logsumexp(z, axis=1) - z[np.arange(len(labels)), labels]
        return nll.mean() + 1e-4 / 2 * ((v[0] - 1) ** 2 + (v[1:] ** 2).sum())

    fit = optimize.minimize(loss, [1.0, 0.0, 0.0, 0.0], method="BFGS", options={"gtol": 1e-10}).x
    f = special.softmax(fit[0] * np.log(target) + fit[1:], axis=1)
    p = np.bincount(labels, minlength=3) / len(labels)
    q = p.copy()
    for _ in range(100_000):
        joint = f * (q / p)
        q = (joint / joint.sum(axis=1, keepdims=True)).mean(axis=0)

    corrected = f * (q / p)
    corrected /= corrected.sum(axis=1, keepdims=True)
    matrix = np.zeros((3, 3))
    for answer, label in zip(validation.argmax(axis=1), labels):
        matrix[answer, label] += 1
    answers = np.bincount(target.argmax(axis=1), minlength=3)
    solved = np.linalg.solve(matrix / matrix.sum(axis=0), answers / len(target))
    homogeneity = stats.chi2_contingency([matrix.sum(axis=1), answers], correction=False)[1]
    return {
        "validation": validation.ravel().tolist(),
        "labels": labels.tolist(),
        "target": target.ravel().tolist(),
        "calibration": fit.tolist(),
        "em": q.tolist(),
        "matrix": solved.tolist(),
        "p": float(homogeneity),
        "corrected": corrected[:5].ravel().tolist(),
    }


golden = {
    "scipy": scipy.__version__,
    "tails": tails(),
    "kolmogorov_smirnov": kolmogorov_smirnov(),
    "kolmogorov_smirnov_large": kolmogorov_smirnov_large(),
    "kolmogorov_smirnov_ties": kolmogorov_smirnov_ties(),
    "mann_whitney": mann_whitney(),
    "chi_squared": chi_squared(),
    "discrepancy": discrepancy(),
    "holm": holm(),
    "label_shift": label_shift(),
}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "shift.json"), "w") as file:
    file.write("{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in golden.items()) + "\n}\n")
