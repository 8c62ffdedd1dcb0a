"""The quickstart's standard network as networks are saved that normalise their own input.

Run in this folder with torch (2.6): python3 generate.py. `madry.pth` has the names of MadryLab/robustness, `seq-normalize.pth` those of
nn.Sequential(Normalize(...), network). `<name>.tsv` holds what PyTorch makes of the quickstart's first 16 images: the logits of the
network without a normalisation (`plain`) and with that of each file.
"""

import gzip

import numpy
import torch
from torch.nn import functional

saved = torch.load("../../../../jobs/quickstart/standard.pth.tar", map_location="cpu")
saved = saved.get("state_dict", saved)
weights = {name.removeprefix("module."): tensor for name, tensor in saved.items()}
mean = torch.tensor([0.4914, 0.4822, 0.4465])

madry = {}
for name, tensor in weights.items():
    madry["module.model." + name] = tensor
    madry["module.attacker.model." + name] = tensor
for name, tensor in (("new_mean", mean), ("new_std", torch.tensor([0.2023, 0.1994, 0.2010]))):
    madry["module.normalizer." + name] = tensor[:, None, None]
    madry["module.attacker.normalize." + name] = tensor[:, None, None]
torch.save({"model": madry, "optimizer": {}, "schedule": None, "epoch": 150, "amp": None}, "madry.pth")

sequential = {"0.mean": mean, "0.std": torch.tensor([0.2, 0.2, 0.2])}
sequential |= {"1." + name: tensor for name, tensor in weights.items()}
torch.save({"state_dict": sequential}, "seq-normalize.pth")


def batch_norm(x, name):
    statistics = (weights[f"{name}.running_mean"], weights[f"{name}.running_var"])
    return functional.relu(functional.batch_norm(x, *statistics, weights[f"{name}.weight"], weights[f"{name}.bias"]))


def wide_resnet(x):
    """WideResNet-16-1, pre-activation, as the paper's networks are."""
    x = functional.conv2d(x, weights["conv1.weight"], padding=1)
    for block in (1, 2, 3):
        for unit in (0, 1):
            name = f"block{block}.layer.{unit}"
            stride = 2 if block > 1 and unit == 0 else 1
            first = batch_norm(x, f"{name}.bn1")
            shortcut = weights.get(f"{name}.convShortcut.weight")
            if shortcut is not None:
                x = functional.conv2d(first, shortcut, stride=stride)
            out = functional.conv2d(first, weights[f"{name}.conv1.weight"], stride=stride, padding=1)
            out = functional.conv2d(batch_norm(out, f"{name}.bn2"), weights[f"{name}.conv2.weight"], padding=1)
            x = x + out
    x = batch_norm(x, "bn1").mean((2, 3))
    return functional.linear(x, weights["fc.weight"], weights["fc.bias"])


with gzip.open("../../../../jobs/quickstart/t10k-first-2000-images-idx3-ubyte.gz") as file:
    pixels = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 1, 28, 28)[:16]
x = functional.pad(torch.tensor(pixels / numpy.float32(255)), (2, 2, 2, 2)).repeat(1, 3, 1, 1)
deviations = {"plain": None, "madry": [0.2023, 0.1994, 0.2010], "seq-normalize": [0.2, 0.2, 0.2]}
for name, deviation in deviations.items():
    shown = x if deviation is None else (x - mean[:, None, None]) / torch.tensor(deviation)[:, None, None]
    numpy.savetxt(f"{name}.tsv", wide_resnet(shown).numpy(), "%.7g", "\t")
