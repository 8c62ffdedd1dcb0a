"""Images x steps a second of PGD (l_inf, 10 steps) on WideResNet-16-1 in PyTorch, to compare with AttackBenchmark.

usage: python3 pgd_speed.py    (needs torch only; random weights and images: neither changes the time)
"""
import time

import torch
from torch import nn
from torch.nn import functional as F


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


def pgd(model, images, labels, epsilon=16 / 255, step=4 / 255, steps=10):
    adversarial = images.clone()
    for _ in range(steps):
        adversarial.requires_grad_(True)
        gradient, = torch.autograd.grad(F.cross_entropy(model(adversarial), labels), adversarial)
        with torch.no_grad():
            moved = adversarial + step * gradient.sign()
            adversarial = (images + (moved - images).clamp(-epsilon, epsilon)).clamp(0, 1)
    return adversarial


def main():
    torch.set_num_threads(2)
    model = WideResNet().eval().requires_grad_(False)
    images, labels = torch.rand(128, 3, 32, 32), torch.randint(10, (128,))
    pgd(model, images[:64], labels[:64])
    rounds, start = 6, time.time()
    for _ in range(rounds):
        for i in range(0, 128, 64):
            pgd(model, images[i:i + 64], labels[i:i + 64])
    print(f"{rounds * 128 * 10 / (time.time() - start):.0f} images x steps a second, torch {torch.__version__}")


main()
