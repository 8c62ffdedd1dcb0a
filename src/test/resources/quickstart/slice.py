"""Makes cka_benign.npy and layers.txt beside this file, from Similitude's reference data.

Run by hand: python3 slice.py FOLDER, with the reference's fashion-mnist folder. cka_benign.npy is the
benign block of cka_minibatch_unbiased.npy (NumPy, float64; activations by PyTorch 1.13): standard's 43
layers, then robust's. layers.txt has one layer a line, name and features, in call order.
"""

import json
import pathlib
import sys

import numpy

source = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).parent
representations = json.loads((source / "expected.json").read_text())["representations"]
benign = [i for i, site in enumerate(representations) if site["view"] == "benign"]
cka = numpy.load(source / "cka_minibatch_unbiased.npy")
numpy.save(here / "cka_benign.npy", cka[numpy.ix_(benign, benign)])
layers = [representations[i] for i in benign if representations[i]["checkpoint"] == "standard"]
lines = ["%s %d\n" % (layer["layer"], layer["features"]) for layer in layers]
(here / "layers.txt").write_text("".join(lines))
