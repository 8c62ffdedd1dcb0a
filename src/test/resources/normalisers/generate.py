"""The quickstart's standard network as networks are saved that normalise their own input.

Run in this folder with torch: python3 generate.py. `madry.pth` has the names of MadryLab/robustness, `seq-normalize.pth` those of
nn.Sequential(Normalize(...), network).
"""

import torch

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
