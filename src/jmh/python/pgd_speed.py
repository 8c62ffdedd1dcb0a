"""Images x steps a second of PGD (l_inf, 10 steps) in PyTorch, on WideResNet-16-1 and on torchvision's ResNet-18, traced.

usage: python3 pgd_speed.py ARCHIVE    (needs torch and torchvision; random weights and images: neither changes the time)

Writes the traced ResNet-18 to ARCHIVE if it is not there yet, and prints a line for each network: its name and the
rate with the batch that suits Python best. AttackSpeed runs it beside AttackBenchmark.
"""
import os
import sys
import time

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

SIDE = 32
IMAGES = 128
STEPS = 10


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(inputs), nn.BatchNorm2d(outputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.shortcut = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, 0, bias=False)

    def forward(self, x):
        active = F.relu(self.bn1(x), inplace=True)
        out = self.conv2(F.relu(self.bn2(self.conv1(active)), inplace=True))
        return out + (x if self.shortcut is None else self.shortcut(active))


class WideResNet(nn.Module):
    def __init__(self, blocks=2, classes=10):
        super().__init__()
        layers, inputs = [nn.Conv2d(3, 16, 3, 1, 1, bias=False)], 16
        for stage, channels in enumerate([16, 32, 64]):
            for i in range(blocks):
                layers.append(Block(inputs, channels, 2 if stage and not i else 1))
                inputs = channels
        self.body = nn.Sequential(*layers, nn.BatchNorm2d(inputs), nn.ReLU(inplace=True), nn.AvgPool2d(8))
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.fc(self.body(x).flatten(1))


def resnet18(archive):
    if not os.path.exists(archive):
        torch.manual_seed(0)
        network = torchvision.models.resnet18(num_classes=10).eval()
        torch.jit.trace(network, torch.rand(2, 3, SIDE, SIDE)).save(archive)
    return torch.jit.load(archive)


def pgd(model, images, labels, epsilon=16 / 255, step=4 / 255):
    adversarial = images.clone()
    for _ in range(STEPS):
        adversarial.requires_grad_(True)
        gradient, = torch.autograd.grad(F.cross_entropy(model(adversarial), labels), adversarial)
        with torch.no_grad():
            moved = adversarial + step * gradient.sign()
            adversarial = (images + (moved - images).clamp(-epsilon, epsilon)).clamp(0, 1)
    return adversarial


def rate(model, batch, rounds=3):
    images, labels = torch.rand(IMAGES, 3, SIDE, SIDE), torch.randint(10, (IMAGES,))
    pgd(model, images[:batch], labels[:batch])
    start = time.perf_counter()
    for _ in range(rounds):
        for i in range(0, IMAGES, batch):
            pgd(model, images[i:i + batch], labels[i:i + batch])
    return rounds * IMAGES * STEPS / (time.perf_counter() - start)


def main(archive):
    torch.set_num_threads(2)
    for name, model in ("wide-resnet-16-1", WideResNet()), ("resnet-18", resnet18(archive)):
        model.eval()
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        print(name, round(max(rate(model, batch) for batch in (16, 64, 128))))


main(sys.argv[1])
