"""Golden moments and limits of the random initializers, written to initializers.json beside this file.

Each distribution is written out from its definition (keras/src/initializers/random_initializers.py, Keras 3), the moments of a normal
cut off at two deviations by numerical integration. Where PyTorch has the same initializer, what it draws must agree, or the script fails.

    python3 tests/golden/initializers.py
"""

import json
import math
import os

INPUTS, UNITS = 300, 200
SCALING_DEVIATION = 0.87962566103423978
DIVISORS = {"FanIn": INPUTS, "FanOut": UNITS, "FanAvg": (INPUTS + UNITS) / 2}
NAMED = {"Glorot": (1.0, "FanAvg"), "He": (2.0, "FanIn"), "Lecun": (1.0, "FanIn")}


def uniform(limit):
    return {"limit": limit, "variance": limit ** 2 / 3, "kurtosis": 9 / 5}


def normal(deviation):
    return {"limit": None, "variance": deviation ** 2, "kurtosis": 3.0}


def truncated_normal(deviation, steps=20000):
    """The moments of exp(-x²/2) on [-2, 2] by Simpson's rule."""
    moments = [0.0, 0.0, 0.0]
    for i in range(steps + 1):
        x = -2 + 4 * i / steps
        weight = (1 if i in (0, steps) else 4 if i % 2 else 2) * math.exp(-x * x / 2)
        for k in range(3):
            moments[k] += weight * x ** (2 * k)
    second, fourth = moments[1] / moments[0], moments[2] / moments[0]
    return {"limit": 2 * deviation, "variance": second * deviation ** 2, "kurtosis": fourth / second ** 2}


def variance_scaling(scale, mode, distribution):
    variance = scale / DIVISORS[mode]
    if distribution == "Uniform":
        return uniform(math.sqrt(3 * variance))
    if distribution == "UntruncatedNormal":
        return normal(math.sqrt(variance))
    return truncated_normal(math.sqrt(variance) / SCALING_DEVIATION)


def cases():
    for name, (scale, mode) in NAMED.items():
        yield {"initializer": name + "Uniform", **variance_scaling(scale, mode, "Uniform")}
        yield {"initializer": name + "Normal", **variance_scaling(scale, mode, "TruncatedNormal")}
    for name, rule in {"RandomNormal": normal, "RandomUniform": uniform, "TruncatedNormal": truncated_normal}.items():
        yield {"initializer": name, "scale": 0.05, **rule(0.05)}
        yield {"initializer": name, "scale": 0.25, **rule(0.25)}
    for mode in DIVISORS:
        for distribution in ("TruncatedNormal", "UntruncatedNormal", "Uniform"):
            rule = variance_scaling(3.0, mode, distribution)
            yield {"initializer": "VarianceScaling", "scale": 3.0, "mode": mode, "distribution": distribution, **rule}


def compare_with_torch(golden):
    import torch

    torch.manual_seed(3)
    weight = torch.empty(UNITS, INPUTS, dtype=torch.float64)
    draws = {
        "GlorotUniform": torch.nn.init.xavier_uniform_,
        "HeUniform": lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="relu"),
        "LecunUniform": lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="linear"),
        "TruncatedNormal": lambda w: torch.nn.init.trunc_normal_(w, std=0.05, a=-0.1, b=0.1),
        "RandomNormal": lambda w: torch.nn.init.normal_(w, std=0.05),
    }
    for name, draw in draws.items():
        entry = next(case for case in golden if case["initializer"] == name)
        drawn = draw(weight)
        assert abs(drawn.var().item() / entry["variance"] - 1) < 0.03, (name, drawn.var().item(), entry)
        if entry["limit"]:
            assert 0.99 < drawn.abs().max().item() / entry["limit"] <= 1, (name, drawn.abs().max().item(), entry)


def main():
    golden = list(cases())
    compare_with_torch(golden)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "initializers.json")
    with open(path, "w", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps({"shape": [INPUTS, UNITS], **case}) for case in golden) + "\n]\n")


if __name__ == "__main__":
    main()
