"""Writes expected.csv beside each case: what NumPy and SciPy make of it in float64. gen.py makes the inputs.

A value that does not exist is a status. python3 expected.py, with NumPy 2.4 and SciPy 1.17.
"""
import csv, os
import numpy as np
from scipy.spatial.distance import pdist, squareform
from scipy.stats import rankdata
import ref

HERE = os.path.dirname(os.path.abspath(__file__))

def load(case, name): return np.load(os.path.join(HERE, case, name + '.npy')).astype(np.float64)
def is_constant(x): return np.all(ref.c(x) == 0)
def rank(x): return np.linalg.matrix_rank(ref.c(x))
def tied(d): return np.where(d < 1e-6 * d.max(), 0, np.round(d / d.max(), 6))
def distances(x): return tied(pdist(ref.c(x)))
def cosines(x): return np.round(pdist(ref.c(x), 'cosine'), 6)
def corr(f, g): return np.nan if np.ptp(f) == 0 or np.ptp(g) == 0 else np.corrcoef(f, g)[0, 1]
def spearman(x, y, d=distances): return corr(rankdata(d(x)), rankdata(d(y)))
def pearson(x, y): return corr(distances(x), distances(y))
def near(x, k):
    s = squareform(distances(x)); np.fill_diagonal(s, np.inf)
    return [set(np.argsort(r, kind='stable')[:k]) for r in s]
def jaccard(x, y, k): return np.mean([len(a & b) / len(a | b) for a, b in zip(near(x, k), near(y, k))])
def mutual(x, y, k): return np.mean([len(a & b) / k for a, b in zip(near(x, k), near(y, k))])
def rbf(bandwidth):
    def kernel(x):
        s = squareform(distances(x)) ** 2; m = np.median(s)
        return (s == 0).astype(float) if m == 0 else np.exp(-s / (2 * bandwidth ** 2 * m))
    return kernel
def angle(x, y, b): return np.arccos(np.clip(ref.cka(x, y, b, ref.hsic_b), -1, 1))
def dcor(x, y, b):
    d = lambda z: squareform(pdist(ref.c(z)))
    return ref.cka(x, y, b, k=d)

ALL = 10 ** 9
def measures(b, k):
    mean = lambda f: lambda x, y: ref.mean(f, x, y, b)
    return {
        'cka linear minibatch unbiased': lambda x, y: ref.cka(x, y, b),
        'cka linear minibatch biased': lambda x, y: ref.cka(x, y, b, ref.hsic_b),
        'cka linear exact unbiased': lambda x, y: ref.cka(x, y, ALL),
        'angular-cka linear minibatch biased': lambda x, y: angle(x, y, b),
        'distance-correlation minibatch unbiased': lambda x, y: dcor(x, y, b),
        'cka rbf minibatch unbiased bandwidth=1.0': lambda x, y: ref.cka(x, y, b, k=rbf(1)),
        'cka rbf minibatch unbiased bandwidth=0.01': lambda x, y: ref.cka(x, y, b, k=rbf(.01)),
        'cca minibatch': mean(ref.cca), 'cca exact': ref.cca, 'svcca minibatch variance=0.99': mean(ref.svcca),
        'pwcca minibatch': mean(ref.pwcca), 'procrustes minibatch': mean(ref.proc),
        'rsa minibatch dissimilarity=euclidean, correlation=spearman': mean(spearman),
        'rsa exact dissimilarity=euclidean, correlation=spearman': spearman,
        'rsa minibatch dissimilarity=euclidean, correlation=pearson': mean(pearson),
        'rsa minibatch dissimilarity=cosine, correlation=spearman': mean(lambda x, y: spearman(x, y, cosines)),
        f'jaccard-neighbours minibatch dissimilarity=euclidean, neighbours={k}': mean(lambda x, y: jaccard(x, y, k)),
        f'mutual-neighbours minibatch dissimilarity=euclidean, neighbours={k}': mean(lambda x, y: mutual(x, y, k)),
    }

def vanishes(name, x, b):
    """Whether the unbiased HSIC with itself is 0 but for rounding: all examples alike, or all but one."""
    kernel = (lambda z: squareform(pdist(ref.c(z)))) if 'distance' in name else ref.lin
    if 'rbf' in name: kernel = rbf(float(name.split('=')[1]))
    squares = hsic = 0
    for z, _ in ref.batches(x, x, b):
        k = kernel(z); np.fill_diagonal(k, 0)
        squares += (k ** 2).sum() / (len(z) * (len(z) - 3)); hsic += ref.hsic_u(k, k)
    return hsic <= 1e-10 * squares

def write(case, layers, names, b, k, used=None):
    of = measures(b, k)
    with open(os.path.join(HERE, case, 'expected.csv'), 'w', newline='') as out:
        rows = csv.writer(out, delimiter=';', lineterminator='\n')
        for name in names:
            for i, a in enumerate(layers):
                for c in layers[0 if name.startswith('pwcca') else i:]:
                    x, y = load(case, a), load(case, c)
                    if used and 'exact' not in name: x, y = x[:used], y[:used]
                    rows.writerow([name, a, c, value(of[name], name, x, y, ALL if 'exact' in name else b)])

def value(f, name, x, y, b):
    if is_constant(x) or is_constant(y): return 'constant-layer'
    parts = list(ref.batches(x, y, b))
    if 'unbiased' in name and (vanishes(name, x, b) or vanishes(name, y, b)): return 'constant-layer'
    if not name.startswith(('cka', 'angular', 'distance')):
        for p, q in parts:
            if is_constant(p) or is_constant(q): return 'constant-layer'
            if name.startswith(('cca', 'pwcca')) and max(rank(p), rank(q)) >= len(p) - 1:
                return 'more-features-than-examples'
    with np.errstate(invalid='ignore', divide='ignore'):
        v = f(x, y)
    return 'constant-layer' if np.isnan(v) else repr(float(v))

write('01-hsic-nan', 'a b dead const onedead onefeat flat1d huge tiny mean1e4 mean1e6 onehot oneex'.split(),
      ['cka linear minibatch unbiased', 'cka linear minibatch biased', 'angular-cka linear minibatch biased',
       'distance-correlation minibatch unbiased', 'cca minibatch', 'svcca minibatch variance=0.99', 'pwcca minibatch',
       'procrustes minibatch', 'rsa minibatch dissimilarity=euclidean, correlation=spearman',
       'jaccard-neighbours minibatch dissimilarity=euclidean, neighbours=10',
       'cka rbf minibatch unbiased bandwidth=1.0', 'cka linear exact unbiased'], 32, 10)
write('03-ragged-97', ['a', 'b'],
      ['cka linear minibatch unbiased', 'cka linear minibatch biased', 'cka linear exact unbiased', 'cca minibatch',
       'svcca minibatch variance=0.99', 'pwcca minibatch', 'procrustes minibatch',
       'rsa minibatch dissimilarity=euclidean, correlation=spearman',
       'jaccard-neighbours minibatch dissimilarity=euclidean, neighbours=10',
       'distance-correlation minibatch unbiased', 'cca exact'], 32, 10, 96)
write('06-rsa-ties', 'oh f dup binv col offs'.split(),
      ['rsa minibatch dissimilarity=euclidean, correlation=spearman',
       'rsa minibatch dissimilarity=euclidean, correlation=pearson',
       'rsa minibatch dissimilarity=cosine, correlation=spearman',
       'jaccard-neighbours minibatch dissimilarity=euclidean, neighbours=7',
       'mutual-neighbours minibatch dissimilarity=euclidean, neighbours=7',
       'cka rbf minibatch unbiased bandwidth=1.0', 'cka rbf minibatch unbiased bandwidth=0.01',
       'rsa exact dissimilarity=euclidean, correlation=spearman'], 60, 7)
