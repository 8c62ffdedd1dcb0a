"""Loads checkpoints of a training in PyTorch, as a user would. Usage: load_checkpoint.py FILE.pth ...
The network is WideResNet-d-k as generate.py has it, of the size that the file says."""
import sys
import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        if inputs != outputs:
            self.convShortcut = nn.Conv2d(inputs, outputs, 1, stride, 0, bias=False)

    def forward(self, x):
        active = F.relu(self.bn1(x))
        projected = hasattr(self, "convShortcut")
        out = self.conv2(F.relu(self.bn2(self.conv1(active))))
        return out + (self.convShortcut(active) if projected else x)


class Stage(nn.Module):
    def __init__(self, count, inputs, outputs, stride):
        super().__init__()
        blocks = [Block(inputs if i == 0 else outputs, outputs, stride if i == 0 else 1) for i in range(count)]
        self.layer = nn.Sequential(*blocks)

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    def __init__(self, blocks, width, classes):
        super().__init__()
        c = [16, 16 * width, 32 * width, 64 * width]
        self.conv1 = nn.Conv2d(3, c[0], 3, 1, 1, bias=False)
        self.block1 = Stage(blocks, c[0], c[1], 1)
        self.block2 = Stage(blocks, c[1], c[2], 2)
        self.block3 = Stage(blocks, c[2], c[3], 2)
        self.bn1 = nn.BatchNorm2d(c[3])
        self.fc = nn.Linear(c[3], classes)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(F.avg_pool2d(F.relu(self.bn1(x)), 8).flatten(1))


def main():
    for name in sys.argv[1:]:
        weights = torch.load(name, weights_only=True)
        blocks = 1 + max(int(key.split(".")[2]) for key in weights if key.startswith("block1.layer."))
        network = WideResNet(blocks, len(weights["bn1.weight"]) // 64, len(weights["fc.bias"]))
        print(name, network.load_state_dict(weights, strict=True), int(weights["bn1.num_batches_tracked"]))


if __name__ == "__main__":
    main()
