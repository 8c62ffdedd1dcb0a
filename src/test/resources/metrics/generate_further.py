"""Writes further.json beside each case: measures that expected.json does not have, by NumPy and SciPy in float64.

Run in this folder: /usr/bin/python3 generate_further.py
"""
import json
import pathlib

import numpy as np
import scipy
from scipy.linalg import subspace_angles
from scipy.spatial.distance import pdist, squareform
from scipy.stats import pearsonr, spearmanr

K = 10


def rsa(x, y, metric, correlate):
    return float(correlate(pdist(x, metric), pdist(y, metric))[0])


def double_centred(d):
    return d - d.mean(0) - d.mean(1)[:, None] + d.mean()


def u_centred(k):
    n = len(k)
    k = k - np.diag(np.diag(k))
    a = k - k.sum(0) / (n - 2) - k.sum(1)[:, None] / (n - 2) + k.sum() / ((n - 1) * (n - 2))
    return a - np.diag(np.diag(a))


def aligned(k, l, centre):
    a, b = centre(k), centre(l)
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def cosine(x):
    return 1 - squareform(pdist(x, "cosine"))


def polynomial(x, degree, offset):
    k = x @ x.T
    return (k / np.diag(k).mean() + offset) ** degree


def neighbours(x, metric):
    d = squareform(pdist(x, metric))
    np.fill_diagonal(d, np.inf)
    return [set(row[:K]) for row in np.argsort(d, axis=1, kind="stable")]


def mutual(x, y, metric):
    return float(np.mean([len(a & b) / K for a, b in zip(neighbours(x, metric), neighbours(y, metric))]))


def jaccard(x, y, metric):
    return float(np.mean([len(a & b) / len(a | b) for a, b in zip(neighbours(x, metric), neighbours(y, metric))]))


def leading(x, variance=None, rank=None):
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    if rank is None:
        rank = int(np.searchsorted(np.cumsum(s**2) / np.sum(s**2), variance) + 1)
    return u[:, :rank]


def overlap(u, w):
    return float(np.sum(np.cos(subspace_angles(u, w)) ** 2) / max(u.shape[1], w.shape[1]))


def further(x, y):
    x, y = x - x.mean(0), y - y.mean(0)
    dx, dy = squareform(pdist(x)), squareform(pdist(y))
    nuclear = np.linalg.svd(x.T @ y / np.linalg.norm(x) / np.linalg.norm(y), compute_uv=False).sum()
    rank5 = np.cos(subspace_angles(leading(x, rank=5), leading(y, rank=5)))
    return {
        "rsa_euclidean_spearman": rsa(x, y, "euclidean", spearmanr),
        "rsa_euclidean_pearson": rsa(x, y, "euclidean", pearsonr),
        "rsa_cosine_spearman": rsa(x, y, "cosine", spearmanr),
        "rsa_cosine_pearson": rsa(x, y, "cosine", pearsonr),
        "distance_correlation_biased": float(np.sqrt(aligned(dx, dy, double_centred))),
        "distance_correlation_unbiased": aligned(dx, dy, u_centred),
        "cka_cosine_biased": aligned(cosine(x), cosine(y), double_centred),
        "cka_cosine_unbiased": aligned(cosine(x), cosine(y), u_centred),
        "cka_polynomial_biased": aligned(polynomial(x, 3, 1), polynomial(y, 3, 1), double_centred),
        "cka_polynomial_unbiased": aligned(polynomial(x, 2, 0.5), polynomial(y, 2, 0.5), u_centred),
        "mutual_euclidean": mutual(x, y, "euclidean"),
        "mutual_cosine": mutual(x, y, "cosine"),
        "jaccard_euclidean": jaccard(x, y, "euclidean"),
        "jaccard_cosine": jaccard(x, y, "cosine"),
        "eigenspace_overlap_99": overlap(leading(x, variance=0.99), leading(y, variance=0.99)),
        "svcca_rank_5": float(rank5.mean()),
        "angular_procrustes": float(np.arccos(min(1.0, nuclear))),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


for case in sorted(pathlib.Path(__file__).parent.iterdir()):
    if case.is_dir():
        arrays = (np.load(case / name).astype(np.float64) for name in ("x.npy", "y.npy"))
        (case / "further.json").write_text(json.dumps(further(*arrays), indent=1) + "\n")
