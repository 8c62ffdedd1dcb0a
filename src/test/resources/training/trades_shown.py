"""What the second pass of TRADES saw in generate.py's step: writes shown-trades.npy, and the running statistics after both passes, statistics-trades.pth. Run in this folder with torch 2.6: python3 trades_shown.py

The divergence is flat where TRADES starts, so the sign of some gradients depends on the order of sums. With the same images in the second
pass nothing depends on it, and running statistics can be compared to their last digits. Prints how far the step's statistics lie from those
in after-trades.pth (0 where this is the program that made them), and how far float32's lie from float64's when each makes its own images.
"""
import copy
import json

import numpy
import torch
from torch import nn
from torch.nn import functional

SETTINGS = json.load(open("expected.json"))["recipes"]["trades"]


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(inputs), nn.BatchNorm2d(outputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.convShortcut = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        y = functional.relu(self.bn1(x))
        shortcut = x if self.convShortcut is None else self.convShortcut(y)
        return torch.add(shortcut, self.conv2(functional.relu(self.bn2(self.conv1(y)))))


class Group(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.layer = nn.Sequential(Block(inputs, outputs, stride))

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.block1, self.block2, self.block3 = Group(16, 16, 1), Group(16, 32, 2), Group(32, 64, 2)
        self.bn1 = nn.BatchNorm2d(64)
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = functional.relu(self.bn1(self.block3(self.block2(self.block1(self.conv1(x))))))
        return self.fc(functional.avg_pool2d(x, 8).flatten(1))


def adversaries(network, x, start):
    epsilon, size = SETTINGS["epsilon"], SETTINGS["step_size"]
    network.eval()
    with torch.no_grad():
        target = functional.softmax(network(x), 1)
    low, high = (x - epsilon).clamp(0, 1), (x + epsilon).clamp(0, 1)
    shown = x + start
    for _ in range(SETTINGS["steps"]):
        given = shown.detach().requires_grad_(True)
        divergence = functional.kl_div(functional.log_softmax(network(given), 1), target, reduction="sum")
        (gradient,) = torch.autograd.grad(divergence, [given])
        shown = torch.max(torch.min(given.detach() + size * gradient.sign(), high), low)
    return shown.detach()


def statistics(network, x, shown):
    """After both passes, the clean one first."""
    network = copy.deepcopy(network)
    network.train()
    with torch.no_grad():
        network(x), network(shown)
    return {name: value for name, value in network.state_dict().items() if "running_" in name}


def farthest(some, others):
    return max((some[name].double() - others[name].double()).abs().max().item() for name in some)


torch.set_num_threads(1)
network = WideResNet()
network.load_state_dict(torch.load("before.pth"))
x = torch.from_numpy(numpy.load("images.npy").astype(numpy.float32) / numpy.float32(255))
start = torch.from_numpy(numpy.load("start_gaussian.npy"))
shown = adversaries(network, x, start)
numpy.save("shown-trades.npy", shown.numpy())
single = statistics(network, x, shown)
torch.save(single, "statistics-trades.pth")
print("from after-trades.pth", farthest(single, torch.load("after-trades.pth")))
wide = network.double()
double = adversaries(wide, x.double(), start.double())
print("float32 from float64", farthest(single, statistics(wide, x.double(), double)))
print("the same with float32's images", farthest(single, statistics(wide, x.double(), shown.double())))
print("pixels that differ", ((double - shown).abs() > 1e-4).double().mean().item())
