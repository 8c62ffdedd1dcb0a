"""Images a second of a training step in PyTorch, one thread: standard, and on adversaries of 10 steps (l_inf). For TrainingSpeed.

usage: python3 training_speed.py    (needs torch; random weights and images: neither changes the time)

WideResNet-16-1, batches of 128 images of 3 x 32 x 32, SGD with momentum. Prints a line for each method: its name and the rate, in seconds of
the processor, with the memory format that suits PyTorch best. The adversary runs in evaluation mode.
"""
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH, STEPS, ROUNDS = 128, 10, 3
EPSILON, SIZE = 8 / 255, 2 / 255


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


def adversaries(network, x, y):
    network.eval()
    low, high = (x - EPSILON).clamp(0, 1), (x + EPSILON).clamp(0, 1)
    shown = torch.max(torch.min(x + torch.empty_like(x).uniform_(-EPSILON, EPSILON), high), low)
    for _ in range(STEPS):
        given = shown.detach().requires_grad_(True)
        (gradient,) = torch.autograd.grad(F.cross_entropy(network(given), y, reduction="sum"), [given])
        shown = torch.max(torch.min(given.detach() + SIZE * gradient.sign(), high), low)
    return shown.detach()


def rate(robust, memory_format):
    torch.manual_seed(0)
    network = WideResNet().to(memory_format=memory_format)
    optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9, weight_decay=5e-4)
    x = torch.rand(BATCH, 3, 32, 32).to(memory_format=memory_format)
    y = torch.randint(10, (BATCH,))
    steps = 2 if robust else 10
    best = 0
    for turn in range(ROUNDS + 1):
        start = time.process_time()
        for _ in range(steps):
            shown = adversaries(network, x, y) if robust else x
            network.train()
            optimizer.zero_grad()
            F.cross_entropy(network(shown), y).backward()
            optimizer.step()
        seconds = time.process_time() - start
        best = max(best, steps * BATCH / seconds) if turn else 0
    return best


torch.set_num_threads(1)
for name in ("standard", "pgd-at"):
    formats = (torch.contiguous_format, torch.channels_last)
    print(name, round(max(rate(name == "pgd-at", each) for each in formats), 1), flush=True)
