"""Makes the fixtures of this folder from the reference data: the first two examples of each array, as float32.

The gradient is the one of the summed cross-entropy: the reference has the mean over all its examples, not over a slice.

usage: slice.py REFERENCE_NETWORKS_FOLDER   (evaluation mode treats every example by itself, so a slice is exact)
"""
import json
import pathlib
import sys

import numpy

source, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
for network in ["wide_resnet_10_1"]:
    folder = here / network
    (folder / "activations").mkdir(parents=True, exist_ok=True)
    expected = json.loads((source / network / "expected.json").read_text())
    lines = []
    for layer in expected["layers"]:
        values = numpy.load(source / network / "activations" / layer["file"])[:2]
        numpy.save(folder / "activations" / layer["file"], values)
        lines.append(f"{layer['file']} {layer['layer']}")
    (folder / "layers.txt").write_text("\n".join(lines) + "\n")
    for name in ["input.npy", "labels.npy", "logits.npy", "pgd_linf.npy", "pgd_l2.npy"]:
        numpy.save(folder / name, numpy.load(source / network / name)[:2])
    gradient = numpy.load(source / network / "input_gradient.npy")
    numpy.save(folder / "input_gradient.npy", (gradient * len(gradient))[:2])
