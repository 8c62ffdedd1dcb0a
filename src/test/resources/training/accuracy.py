"""Trains by PyTorch what accuracy.yaml trains by Similitude, and prints the accuracies on the 500 images that are not learnt.
Usage: accuracy.py, from the project's root. The other side: ./submit.sh train src/test/resources/training/accuracy.yaml, then the table training.
The trainings cannot be the same, step by step: means over the seeds are compared."""
import gzip
import math
import sys

import numpy as np
import torch
import torch.nn.functional as F

from load_checkpoint import WideResNet

EPOCHS, BATCH, RATE, SEEDS = 5, 50, 0.05, (0, 1, 2)
EPSILON, STEP, STEPS = 16 / 255, 8 / 255, 3
QUICKSTART = "jobs/quickstart/t10k-first-2000-"


def read():
    images = np.frombuffer(gzip.open(QUICKSTART + "images-idx3-ubyte.gz").read(), np.uint8, offset=16)
    labels = np.frombuffer(gzip.open(QUICKSTART + "labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    images = np.pad(images.reshape(-1, 28, 28), ((0, 0), (2, 2), (2, 2)))
    images = np.repeat(images[:, None], 3, 1).astype(np.float32) / np.float32(255)
    return torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64))


def initialize(network):
    """As the code of TRADES has it."""
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            area = module.kernel_size[0] * module.kernel_size[1]
            module.weight.data.normal_(0, math.sqrt(2 / (area * module.out_channels)))
        elif isinstance(module, torch.nn.Linear):
            module.bias.data.zero_()


def attack(network, x, y, size=STEP, steps=STEPS):
    low, high = (x - EPSILON).clamp(0, 1), (x + EPSILON).clamp(0, 1)
    shown = torch.max(torch.min(x + torch.empty_like(x).uniform_(-EPSILON, EPSILON), high), low)
    for _ in range(steps):
        v = shown.detach().requires_grad_(True)
        (gradient,) = torch.autograd.grad(F.cross_entropy(network(v), y, reduction="sum"), [v])
        shown = torch.max(torch.min(v.detach() + size * gradient.sign(), high), low)
    return shown.detach()


def right(network, x, y):
    with torch.no_grad():
        return (network(x).argmax(1) == y).float().mean().item()


def train(robust, seed, images, labels):
    torch.manual_seed(seed)
    network = WideResNet(1, 1, 10)
    initialize(network)
    optimizer = torch.optim.SGD(network.parameters(), RATE, momentum=0.9, weight_decay=5e-4)
    learnt, seen = images[:1500], labels[:1500]
    for epoch in range(EPOCHS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (0.1 if epoch >= 0.75 * EPOCHS else 1)
        order = torch.randperm(1500)
        for at in range(0, 1500, BATCH):
            x, y = learnt[order[at : at + BATCH]], seen[order[at : at + BATCH]]
            if robust:
                network.eval()
                x = attack(network, x, y)
            network.train()
            optimizer.zero_grad()
            F.cross_entropy(network(x), y).backward()
            optimizer.step()
    network.eval()
    test, truth = images[1500:], labels[1500:]
    return right(network, test, truth), right(network, attack(network, test, truth, 4 / 255, 5), truth)


def main():
    torch.set_num_threads(1)
    images, labels = read()
    print("PyTorch", torch.__version__)
    for name in ("plain", "robust"):
        for seed in SEEDS:
            print(name, seed, "benign %.3f linf %.3f" % train(name == "robust", seed, images, labels), flush=True)


if __name__ == "__main__":
    main()
