"""Makes cka.npy and sites.txt beside this file, from Similitude's reference data.

Run by hand: python3 copy_reference.py FOLDER, with the reference's fashion-mnist folder. cka.npy is cka_minibatch_unbiased.npy
(NumPy, float64; activations and attacks by PyTorch 1.13), 172 x 172. sites.txt has a line for each of its rows: checkpoint, view,
layer, features.
"""

import json
import pathlib
import shutil
import sys

source, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
sites = json.loads((source / "expected.json").read_text())["representations"]
lines = ["%s %s %s %d\n" % (s["checkpoint"], s["view"], s["layer"], s["features"]) for s in sites]
(here / "sites.txt").write_text("".join(lines))
shutil.copyfile(source / "cka_minibatch_unbiased.npy", here / "cka.npy")
