"""Exported networks that depend on their mode, and networks whose features lie in several dimensions.

Run in this folder with torch 1.13 and torchvision 0.14: python3 generate.py. The first kind are small classifiers, traced or scripted
in training mode or in evaluation mode, with dropout and with batch normalisation that keeps running statistics or not;
`input.npy` holds 4 images, and `<name>.npy` the logits that PyTorch gives for all four at once where they are what Similitude should
give. The second kind are traced in evaluation mode. For each of them there is `<name>.tsv`, a line for every module call that returns a tensor with the
examples first: name, FIRST or LAST (where its features lie: said here by the definition of the network), number of features; and
`<name>.npy`: the means over all other dimensions, layer by layer, examples by features.
"""

import numpy
import torch
from torch import nn
from torch.nn import functional
from torchvision.models.swin_transformer import SwinTransformer
from torchvision.ops import Permute

torch.manual_seed(0)
x = torch.rand(4, 3, 8, 8)


class Net(nn.Module):
    def __init__(self, track=True, drops=True, always=False):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2)
        self.bn = nn.BatchNorm2d(4, track_running_stats=track)
        self.drop = nn.Dropout(0.5) if drops else nn.Identity()
        self.always = always
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        x = functional.relu(self.bn(self.conv(x))).mean((2, 3))
        if self.always:
            x = functional.dropout(x, 0.5)
        return self.fc(self.drop(x))


class Noisy(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(192, 3)
        self.sigma = 0.1

    def forward(self, x):
        if self.sigma > 0:
            x = x + self.sigma * torch.randn_like(x)
        return self.fc(x.flatten(1))


class Centred(nn.Module):
    """Looks at the whole batch without a batch normalisation."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(192, 3)

    def forward(self, x):
        x = x.flatten(1)
        return self.fc(x - x.mean(0))


def traced(network):
    return torch.jit.trace(network, x, check_trace=False)


def save(name, network, expected=None):
    network.save(f"{name}.pt")
    if expected is not None:
        numpy.save(f"{name}.npy", expected(x).detach().numpy())


def modes():
    numpy.save("input.npy", x.numpy())
    save("traced-training", traced(Net().train()))
    save("traced-batch-norm", traced(Net(drops=False).train()))
    save("traced-always", traced(Net(always=True).eval()))
    save("traced-noisy", traced(Noisy().eval()))
    save("scripted-always", torch.jit.script(Net(always=True).eval()))
    save("scripted-noisy", torch.jit.script(Noisy().eval()))
    net = Net().eval()
    save("traced", traced(net), net)
    training = torch.jit.script(net)
    training.train()
    save("scripted-training", training)
    net.eval()
    numpy.save("scripted-training.npy", net(x).detach().numpy())
    for name, module in (("untracked", Net(track=False).eval()), ("centred", Centred())):
        save(f"traced-{name}", traced(module), module)
        save(f"scripted-{name}", torch.jit.script(module), module)
    frozen = Net(track=False).eval()
    save("frozen-untracked", torch.jit.freeze(torch.jit.script(frozen)), frozen)


class Sequences(nn.Module):
    """Channels first, then tokens."""

    def __init__(self):
        super().__init__()
        self.conv, self.bn, self.relu = nn.Conv1d(3, 6, 3), nn.BatchNorm1d(6), nn.ReLU()
        self.norm, self.fc1, self.gelu = nn.LayerNorm(6), nn.Linear(6, 5), nn.GELU()
        self.fc2 = nn.Linear(5, 3)

    def forward(self, x):
        x = self.relu(self.bn(self.conv(x.flatten(2))))
        x = self.gelu(self.fc1(self.norm(x.transpose(1, 2))))
        return self.fc2(x.mean(1))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(6, 6, 3, padding=1, groups=6), Permute([0, 2, 3, 1]), nn.LayerNorm(6), nn.Linear(6, 12), nn.GELU(),
            nn.Linear(12, 6), Permute([0, 3, 1, 2])
        )

    def forward(self, x):
        return x + self.block(x)


def mixed():
    pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(1))
    return nn.Sequential(nn.Conv2d(3, 6, 2, stride=2), nn.BatchNorm2d(6), nn.ReLU(), Block(), pool, nn.Linear(6, 3))


def swin():
    return SwinTransformer([2, 2], 6, [1, 1], [2, 2], [2, 2], num_classes=3)


# What the definitions say: all other layers of more than two dimensions have their features last.
FIRST = {
    "sequences": ["conv", "bn", "relu"],
    "mixed": ["0", "1", "2", "3.block.0", "3.block.6", "3.block", "3", "4.0"],
    "swin": ["features.0.0", "permute", "avgpool"],
}


def layouts():
    for name, network in (("sequences", Sequences()), ("mixed", mixed()), ("swin", swin())):
        network.eval()
        rows, values = [], []

        def hook(path):
            def seen(module, inputs, output):
                if output.shape[0] != len(x):
                    return
                flat = output.detach().double()
                first = path in FIRST[name] or flat.dim() == 2
                others = [d for d in range(1, flat.dim()) if d != (1 if first else flat.dim() - 1)]
                means = flat.mean(others) if others else flat
                rows.append(f"{path}\t{'FIRST' if first else 'LAST'}\t{means.shape[1]}\n")
                values.append(means.flatten())

            return seen

        handles = [module.register_forward_hook(hook(path)) for path, module in network.named_modules() if path]
        network(x)
        for handle in handles:
            handle.remove()
        traced(network).save(f"{name}.pt")
        with open(f"{name}.tsv", "w") as out:
            out.writelines(rows)
        numpy.save(f"{name}.npy", torch.cat(values).float().numpy())


if __name__ == "__main__":
    modes()
    layouts()
