"""Times PyTorch, one request a line, on the networks that networks.py names.

    predict NAME BATCH SECONDS   one call of the network in inference mode
    train NAME BATCH SECONDS     one step: zero_grad, forward, cross-entropy or mean squared error, backward, Adam: fused or not, whichever is faster
    epoch NAME BATCH SAMPLES     one pass over shuffled minibatches of MNIST, or of as many random samples: cross-entropy, Adam

The answer is a number of microseconds: of one call or step the median over repetitions that together take about SECONDS, of an epoch
the whole. The first line of output names the version.
"""
import argparse
import gzip
import pathlib
import statistics
import sys
import time

import numpy as np
import torch
from torch import nn

import networks

REPETITIONS = 10
LEAST_REPETITIONS = 5


def median_time(action, seconds):
    """Median over repetitions of the mean time of one call, in microseconds."""
    calls = 1
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            action()
        elapsed = time.perf_counter() - start
        if elapsed >= seconds / REPETITIONS / 2:
            break
        calls *= 2
    calls = max(1, round(calls * seconds / REPETITIONS / elapsed))
    times = []
    end = time.perf_counter() + seconds
    while len(times) < LEAST_REPETITIONS or time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(calls):
            action()
        times.append((time.perf_counter() - start) / calls)
    return statistics.median(times) * 1e6


class Peer:
    def __init__(self, data):
        self.data = data
        self.actions = {}
        self.digits = {}

    def answer(self, kind, name, batch, amount):
        if kind == "epoch":
            return self.epoch(name, int(batch), int(amount))
        key = kind, name, batch
        if key not in self.actions:
            self.actions[key] = {"predict": self.prediction, "train": self.step}[kind](networks.create(name), int(batch))
        with torch.inference_mode(kind == "predict"):
            return median_time(self.actions[key], float(amount))

    @staticmethod
    def prediction(network, batch):
        module, x = network.module.eval(), network.batch(batch)
        return lambda: module(x)

    @staticmethod
    def step(network, batch):
        module, x, target, loss = network.module.train(), network.batch(batch), network.targets(batch), network.loss()

        def step_of(optimizer):
            def step():
                optimizer.zero_grad(set_to_none=True)
                loss(module(x), target).backward()
                optimizer.step()

            return step

        steps = [step_of(torch.optim.Adam(module.parameters(), 1e-3, fused=fused)) for fused in (False, True)]
        return min(steps, key=lambda step: median_time(step, 0.1))

    def epoch(self, name, batch, samples):
        if name not in self.digits:
            network = networks.create(name)
            net = network.module
            self.digits[name] = net, torch.optim.Adam(net.parameters(), 1e-3, fused=True), *self.samples(network, samples)
        net, optimizer, images, labels = self.digits[name]
        loss = nn.CrossEntropyLoss()
        start = time.perf_counter()
        order = torch.randperm(len(images))
        for first in range(0, len(images), batch):
            rows = order[first:first + batch]
            optimizer.zero_grad(set_to_none=True)
            loss(net(images[rows]), labels[rows]).backward()
            optimizer.step()
        return (time.perf_counter() - start) * 1e6

    def samples(self, network, count):
        if self.data is None:
            return network.batch(count), torch.randint(network.outputs, (count,))
        images = np.frombuffer(gzip.decompress((self.data / "train-images-idx3-ubyte.gz").read_bytes()), np.uint8, offset=16)
        labels = np.frombuffer(gzip.decompress((self.data / "train-labels-idx1-ubyte.gz").read_bytes()), np.uint8, offset=8)
        images = images.reshape(-1, *network.inputs).astype(np.float32) / 255
        return torch.from_numpy(images[:count]), torch.from_numpy(labels[:count].astype(np.int64))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--data", type=pathlib.Path, help="folder of MNIST's IDX files")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    torch.rand(64, 64) @ torch.rand(64, 64)  # the BLAS is loaded before anybody looks which one it is
    print(f"PyTorch {torch.__version__}", flush=True)
    peer = Peer(args.data)
    for line in sys.stdin:
        try:
            print(f"{peer.answer(*line.split()):.4f}", flush=True)
        except Exception as error:  # pylint: disable=broad-except
            print(f"error {type(error).__name__}: {error}", flush=True)


main()
