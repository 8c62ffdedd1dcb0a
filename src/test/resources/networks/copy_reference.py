"""Makes the fixtures of this folder from the reference data: PyTorch 1.13's arrays and its TorchScript exports, as they are there.

input_gradient.npy is of the mean cross-entropy over all examples. layers.txt has a line for each layer in call order: file, name.

usage: copy_reference.py REFERENCE_NETWORKS_FOLDER
"""
import json
import pathlib
import shutil
import sys

source, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
ARRAYS = ["input.npy", "labels.npy", "logits.npy", "input_gradient.npy", "pgd_linf.npy", "pgd_l2.npy"]
EXPORTS = ["traced.pt", "scripted.pt"]
for network in ["twist", "vit_tiny", "wide_resnet_10_1"]:
    folder = here / network
    (folder / "activations").mkdir(parents=True, exist_ok=True)
    layers = json.loads((source / network / "expected.json").read_text())["layers"]
    (folder / "layers.txt").write_text("".join(f"{layer['file']} {layer['layer']}\n" for layer in layers))
    names = ARRAYS + [f"activations/{layer['file']}" for layer in layers] + EXPORTS
    for name in names:
        if (source / network / name).exists():
            shutil.copyfile(source / network / name, folder / name)
