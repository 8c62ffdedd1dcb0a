"""Matrices of synthetic.py as arrays, for the tests: run it after synthetic.py. numpy only; the draws are those of synthetic.json."""
import json, os, re, sys, numpy as np
here = os.path.dirname(os.path.abspath(__file__)); sys.path.insert(0, here)
import findings as F
source = open(here + '/synthetic.py').read().split('out = {}')[0]
exec(source)  # the cases of synthetic.py, and its random numbers
json_there = json.load(open(here + '/synthetic.json')); names = list(cases); made = []
for name in names:
    s = noisy(cases[name][1], .003); made.append(s)
    assert abs(F.blocks(s)['contrast'] - json_there[name]['equal_lag']) < 1e-12, name
np.savez_compressed(here + '/synthetic.npz', h=np.array(made), sites=np.array(names))
# points of a plane, an ultrametric, a tie
rng = np.random.default_rng(7); x = rng.normal(size=(9, 2)); y = rng.normal(size=(7, 5))
d = lambda p: np.sqrt(((p[:, None] - p[None]) ** 2).sum(2)); g = [0, 0, 0, 1, 1, 1, 1]
m = F.mds(d(y)); merges, co = F.upgma(d(y)); f, r2 = F.pseudo_f(d(y), g)
cent = [np.mean([q for q, k in zip(y, g) if k == k0], 0) for k0 in (0, 1)]; z = [float(np.sqrt(((q - cent[k]) ** 2).sum())) for q, k in zip(y, g)]
rect = np.random.default_rng(11).random((9, 13)); path, mean = F.align(rect)
json.dump(dict(planar=d(x).tolist(), distances=d(y).tolist(), groups=g, stress=m['stress1'], share=float(m['share']), points=m['x'].tolist(), merges=[[list(map(int, a)), float(h)] for a, h in merges], cophenetic=float(co), f=float(f), r2=float(r2), dispersions=z, rectangle=rect.tolist(), path=[[int(a), int(b)] for a, b in path], mean=mean), open(here + '/small.json', 'w'))
