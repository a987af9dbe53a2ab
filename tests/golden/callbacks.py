"""Golden runs of the callbacks that watch a value, written to callbacks.json beside this file.

Each rule is written out from its definition (keras/src/callbacks, Keras 3) over one list of values, an epoch each, without the objects
that the library has. The numbers are multiples of 1/8, so that differences are exact.

    python3 tests/golden/callbacks.py
"""

import json
import math
import os
import random

EPOCHS = 30


def better(mode, value, reference, delta):
    return value + delta < reference if mode == "Min" else value - delta > reference


def early_stopping(values, mode, minDelta=0.0, patience=0, baseline=None, startFromEpoch=0):
    """The epochs that ran, and the epoch whose weights come back."""
    best, best_epoch, wait = (math.inf if mode == "Min" else -math.inf), None, 0
    for epoch, value in enumerate(values):
        if epoch < startFromEpoch:
            continue
        if best_epoch is None:
            best_epoch = epoch
        wait += 1
        if better(mode, value, best, minDelta):
            best, best_epoch = value, epoch
            if baseline is None or better(mode, value, baseline, minDelta):
                wait = 0
        elif wait >= patience and epoch > 0:
            return {"epochs": epoch + 1, "restored": best_epoch}
    return {"epochs": len(values), "restored": best_epoch if best_epoch is not None else len(values) - 1}


def reduce_on_plateau(values, mode, minDelta=1e-4, patience=10, factor=0.5, cooldown=0, minLearningRate=0.0):
    """The rate that each epoch was trained with."""
    best, wait, resting, rate, rates = (math.inf if mode == "Min" else -math.inf), 0, 0, 1.0, []
    for value in values:
        rates.append(rate)
        if resting > 0:
            resting -= 1
            wait = 0
        if better(mode, value, best, minDelta):
            best, wait = value, 0
        elif resting == 0:
            wait += 1
            if wait >= patience and rate > minLearningRate:
                rate, resting, wait = max(rate * factor, minLearningRate), cooldown, 0
    return {"rates": rates}


def checkpoint(values, mode, initialValueThreshold=None):
    """The epochs, counted from 1, after which the best model so far is saved."""
    saved, best = [], initialValueThreshold
    for epoch, value in enumerate(values):
        if best is None or better(mode, value, best, 0.0):
            best = value
            saved.append(epoch + 1)
    return {"saved": saved}


def options_of(source, rule):
    choices = {
        early_stopping: {"minDelta": [0.0, 0.25], "patience": [0, 1, 2, 5], "baseline": [None, 1.0, 2.0], "startFromEpoch": [0, 3]},
        reduce_on_plateau: {"minDelta": [0.0, 0.25], "patience": [1, 2, 4], "factor": [0.5, 0.25], "cooldown": [0, 1, 3], "minLearningRate": [0.0, 0.125]},
        checkpoint: {"initialValueThreshold": [None, 2.0]},
    }[rule]
    return {"mode": source.choice(["Min", "Max"]), **{name: source.choice(values) for name, values in choices.items()}}


def main():
    source = random.Random(11)
    lines = []
    for rule in (early_stopping, reduce_on_plateau, checkpoint):
        for _ in range(40):
            options = options_of(source, rule)
            trend = source.choice([0.0, 0.0, -0.25 if options["mode"] == "Min" else 0.25])
            values = [source.randrange(8, 32) / 8 + trend * min(epoch, 12) for epoch in range(EPOCHS)]
            lines.append(json.dumps({"rule": rule.__name__, "options": options, "values": values, **rule(values, **options)}))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "callbacks.json")
    with open(path, "w", newline="\n") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
