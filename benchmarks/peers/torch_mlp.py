"""Times PyTorch multilayer perceptrons, one request a line.

    predict SHAPE BATCH SECONDS   one call of the network in inference mode
    train SHAPE BATCH SECONDS     one step: zero_grad, forward, mean squared error, backward, Adam
    epoch SHAPE BATCH SAMPLES     one pass over shuffled minibatches of MNIST, or of as many random samples: cross-entropy, Adam

The answer is a number of microseconds: of one call or step the median over repetitions that together take about SECONDS, of an epoch
the whole. Hidden layers are relu, the last is linear. The first line of output names the version.
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


def sizes_of(shape):
    return [int(part) for part in shape.split("-")]


def perceptron(sizes):
    layers = []
    for index, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(inputs, units))
        if index < len(sizes) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


class Peer:
    def __init__(self, data):
        self.data = data
        self.actions = {}
        self.digits = {}

    def answer(self, kind, shape, batch, amount):
        if kind == "epoch":
            return self.epoch(shape, int(batch), int(amount))
        key = kind, shape, batch
        if key not in self.actions:
            self.actions[key] = {"predict": self.prediction, "train": self.step}[kind](sizes_of(shape), int(batch))
        with torch.inference_mode(kind == "predict"):
            return median_time(self.actions[key], float(amount))

    @staticmethod
    def prediction(sizes, batch):
        net = perceptron(sizes)
        x = torch.rand(batch, sizes[0])
        return lambda: net(x)

    @staticmethod
    def step(sizes, batch):
        net = perceptron(sizes)
        x, target = torch.rand(batch, sizes[0]), torch.rand(batch, sizes[-1])
        optimizer = torch.optim.Adam(net.parameters(), 1e-3)
        loss = nn.MSELoss()

        def step():
            optimizer.zero_grad(set_to_none=True)
            loss(net(x), target).backward()
            optimizer.step()

        return step

    def epoch(self, shape, batch, samples):
        sizes = sizes_of(shape)
        if shape not in self.digits:
            net = perceptron(sizes)
            self.digits[shape] = net, torch.optim.Adam(net.parameters(), 1e-3), *self.samples(sizes, samples)
        net, optimizer, images, labels = self.digits[shape]
        loss = nn.CrossEntropyLoss()
        start = time.perf_counter()
        order = torch.randperm(len(images))
        for first in range(0, len(images), batch):
            rows = order[first:first + batch]
            optimizer.zero_grad(set_to_none=True)
            loss(net(images[rows]), labels[rows]).backward()
            optimizer.step()
        return (time.perf_counter() - start) * 1e6

    def samples(self, sizes, count):
        if self.data is None:
            return torch.rand(count, sizes[0]), torch.randint(sizes[-1], (count,))
        images = np.frombuffer(gzip.decompress((self.data / "train-images-idx3-ubyte.gz").read_bytes()), np.uint8, offset=16)
        labels = np.frombuffer(gzip.decompress((self.data / "train-labels-idx1-ubyte.gz").read_bytes()), np.uint8, offset=8)
        images = images.reshape(-1, sizes[0]).astype(np.float32) / 255
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
