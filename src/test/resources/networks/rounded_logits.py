"""What PyTorch's logits are with weights that were saved in 16 bits: logits_fp16.npy, logits_bf16.npy beside logits.npy.

usage: python3 rounded_logits.py    (needs torch; takes the traced networks here and the files of ../checkpoint)
"""
import pathlib

import numpy
import torch

here = pathlib.Path(__file__).parent
for folder in sorted(path for path in here.iterdir() if path.is_dir()):
    images = torch.from_numpy(numpy.load(folder / "input.npy"))
    for kind in "fp16", "bf16":
        network = torch.jit.load(str(folder / "traced.pt")).eval()
        weights = torch.load(here.parent / "checkpoint" / f"{folder.name}_state_dict_{kind}.pth")
        network.load_state_dict({name: value.float() if value.is_floating_point() else value for name, value in weights.items()})
        with torch.no_grad():
            numpy.save(folder / f"logits_{kind}.npy", network(images).numpy())
