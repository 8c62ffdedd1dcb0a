"""Similitude against the ways that people compare networks with PyTorch: time and peak memory for 2, 4 and 8 networks.

usage: python3 src/jmh/python/peers.py [--networks 2,4,8] [--images 2000] [--pairwise-batches 1] [--turns 3] [--python PYTHON]
       (from the checkout's root, after a build; needs torch and numpy in PYTHON, by default the one that runs this)

Debian's python3-torch multiplies matrices by the BLAS of the system: install libopenblas0-openmp as well. The BLAS that comes without
it takes fifty times as long, and then this program says so and ends.

WideResNet-16-1 with the names of the TRADES code, the quickstart's images, batches of 250, all 43 leaf modules of every network,
linear minibatch CKA of every layer with every layer of every network.

  similitude   the whole command: ./submit.sh run, with its tables, findings and report
  one-pass     a script for all networks at once: one pass over the images for each, one matrix product for each batch
  pair-scripts the same script for two networks, for one pair after the other: both are run again
  pairwise     one pair of networks at a time, as in the paper: a Gram matrix for each layer, HSIC of each pair of layers
  torch-cka    the same, with the Gram matrix of the second network's layer made again for each layer of the first

Every way runs in a process of its own, in turns, with PyTorch on all cores; its seconds and its peak resident memory are those of the
whole process tree. The three slow ways show only the first --pairwise-batches batches, once, and their seconds after the start are
multiplied: they are linear in batches.
"""
import argparse
import gzip
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BATCH = 250
SIZE = 32
WAYS = ["similitude", "one-pass", "pair-scripts", "pairwise", "torch-cka"]
SLOW = WAYS[2:]
LEAST_GFLOPS = 10
ROOT = pathlib.Path(__file__).resolve().parents[3]
QUICKSTART = ROOT / "jobs" / "quickstart"


def wide_resnet():
    import torch
    from torch import nn

    class Block(nn.Module):
        def __init__(self, inputs, outputs, stride):
            super().__init__()
            self.bn1, self.relu1 = nn.BatchNorm2d(inputs), nn.ReLU()
            self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
            self.bn2, self.relu2 = nn.BatchNorm2d(outputs), nn.ReLU()
            self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
            self.convShortcut = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, 0, bias=False)

        def forward(self, x):
            active = self.relu1(self.bn1(x))
            out = self.conv2(self.relu2(self.bn2(self.conv1(active))))
            return out + (x if self.convShortcut is None else self.convShortcut(active))

    class Stage(nn.Module):
        def __init__(self, inputs, outputs, stride):
            super().__init__()
            self.layer = nn.Sequential(Block(inputs, outputs, stride), Block(outputs, outputs, 1))

        def forward(self, x):
            return self.layer(x)

    class WideResNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
            self.block1, self.block2, self.block3 = Stage(16, 16, 1), Stage(16, 32, 2), Stage(32, 64, 2)
            self.bn1, self.relu, self.fc = nn.BatchNorm2d(64), nn.ReLU(), nn.Linear(64, 10)
            self.pool = nn.AdaptiveAvgPool2d(1)

        def forward(self, x):
            x = self.relu(self.bn1(self.block3(self.block2(self.block1(self.conv1(x))))))
            return self.fc(self.pool(x).flatten(1))

    return WideResNet()


def load(path):
    import torch

    network = wide_resnet()
    network.load_state_dict(torch.load(path, map_location="cpu"))
    return network.eval()


def images(count):
    """The quickstart's images as its spec shows them: 28 x 28 grey, padded to 32 x 32, in three equal channels."""
    import numpy
    import torch

    with gzip.open(QUICKSTART / "t10k-first-2000-images-idx3-ubyte.gz") as file:
        pixels = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 28, 28)[:count]
    padded = numpy.pad(pixels, ((0, 0), (2, 2), (2, 2))).astype(numpy.float32) / 255
    return torch.from_numpy(padded)[:, None].expand(-1, 3, SIZE, SIZE).contiguous().split(BATCH)


def write_checkpoints(folder, count):
    """The quickstart's two networks, and as many more with a little noise in their weights."""
    import torch

    torch.manual_seed(0)
    for i in range(count):
        stored = torch.load(QUICKSTART / ("robust.pth.tar" if i % 2 else "standard.pth.tar"), map_location="cpu")
        weights = stored.get("state_dict", stored)
        noisy = {}
        for name, tensor in weights.items():
            name = name.removeprefix("module.")
            noise = 0.02 * (i // 2) * tensor.std() if tensor.is_floating_point() and tensor.dim() > 1 else 0
            noisy[name] = tensor + noise * torch.randn_like(tensor) if tensor.is_floating_point() else tensor
        torch.save(noisy, folder / f"{i}.pth")


class Taps:
    """The outputs of all leaf modules of a network, in call order."""

    def __init__(self, network):
        self.network = network
        self.outputs = []
        for module in network.modules():
            if not list(module.children()):
                module.register_forward_hook(lambda module, arguments, output: self.outputs.append(output.flatten(1)))

    def of(self, batch):
        self.outputs = []
        self.network(batch)
        return self.outputs


def hsic(k, l):
    """The unbiased HSIC of two Gram matrices with zero diagonals (Song et al. 2012, equation 5), with matrix products."""
    n = k.shape[0]
    product = k @ l
    whole = product.sum()
    return (product.trace() + k.sum() * l.sum() / ((n - 1) * (n - 2)) - 2 * whole / (n - 2)) / (n * (n - 3))


def gram(features):
    k = features @ features.T
    k.fill_diagonal_(0)
    return k


def cka(products, own_rows, own_columns):
    return products / (own_rows[:, None] * own_columns[None, :]).sqrt()


def one_pass(paths, batches):
    """U-centred Gram matrices (Szekely and Rizzo 2014) of all layers as rows of one matrix, whose product with itself is all HSIC."""
    import torch

    networks = [Taps(load(path)) for path in paths]
    products = 0
    for batch in batches:
        rows = []
        for network in networks:
            for features in network.of(batch):
                k = gram(features)
                n = k.shape[0]
                means = k.sum(0) / (n - 2)
                k -= means[:, None] + means[None, :] - k.sum() / ((n - 1) * (n - 2))
                k.fill_diagonal_(0)
                rows.append(k.flatten())
        stacked = torch.stack(rows)
        products = products + (stacked @ stacked.T).double()
    own = products.diagonal()
    return cka(products, own, own)


def pairwise(paths, batches, again):
    import torch

    results = {}
    for i, left in enumerate(paths):
        for j, right in enumerate(paths[: i + 1]):
            a, b = Taps(load(left)), Taps(load(right))
            sums = 0
            for batch in batches:
                first, second = a.of(batch), b.of(batch)
                k = [gram(x) for x in first]
                l = None if again else [gram(y) for y in second]
                sums = sums + torch.stack([
                    torch.stack([triple(k[x], gram(second[y]) if again else l[y]) for y in range(len(second))])
                    for x in range(len(first))
                ])
            results[i, j] = sums[..., 1] / (sums[..., 0] * sums[..., 2]).sqrt()
    return results


def triple(k, l):
    import torch

    return torch.stack([hsic(k, k), hsic(k, l), hsic(l, l)])


SPEC = """
sweep: peers
seed: 0
dataset:
  format: idx
  images: {quickstart}/t10k-first-2000-images-idx3-ubyte.gz
  labels: {quickstart}/t10k-first-2000-labels-idx1-ubyte.gz
  examples: {images}
  order: file
  transform: [{{pad: 2}}, {{channels: 3}}]
batch: {batch}
networks:
  wrn-16-1: {{architecture: wide-resnet, depth: 16, width: 1, classes: 10}}
checkpoints:
{checkpoints}
views: [{{id: benign}}]
similarities: [{{metric: cka}}]
"""


def similitude(folder, count, images_shown):
    output = folder / "run"
    shutil.rmtree(output, ignore_errors=True)
    lines = [f"  - {{id: c{i}, network: wrn-16-1, weights: {folder}/{i}.pth}}" for i in range(count)]
    spec = folder / "sweep.yaml"
    spec.write_text(SPEC.format(quickstart=QUICKSTART, images=images_shown, batch=BATCH, checkpoints="\n".join(lines)))
    return [str(ROOT / "submit.sh"), "run", str(spec), "--output", str(output)]


def child(way, folder, count, shown):
    """One way in a process of its own, which prints the seconds after its libraries and images are there."""
    batches = images(shown)
    paths = [folder / f"{i}.pth" for i in range(count)]
    import torch

    with torch.no_grad():
        start = time.perf_counter()
        if way == "one-pass":
            one_pass(paths, batches)
        elif way == "pair-scripts":
            for i in range(count):
                for j in range(i):
                    one_pass([paths[i], paths[j]], batches)
        else:
            pairwise(paths, batches, way == "torch-cka")
    print("seconds", time.perf_counter() - start)


def product_gflops():
    import torch

    square = torch.randn(1024, 1024)
    best = 0
    for _ in range(5):
        start = time.perf_counter()
        square @ square
        best = max(best, 2 * 1024**3 / (time.perf_counter() - start) / 1e9)
    print("GFLOP/s", best)


def require_fast_products(python):
    """Some builds of PyTorch use a BLAS without blocks: against that every figure would flatter us."""
    shown = subprocess.run([python, __file__, "--child", "product"], capture_output=True, text=True, env=environment(), check=True)
    rate = float(shown.stdout.split("GFLOP/s")[-1])
    if rate < LEAST_GFLOPS:
        sys.exit(f"PyTorch in {python} multiplies matrices at {rate:.1f} GFLOP/s: install a fast BLAS (Debian: libopenblas0-openmp)")
    return rate


def environment():
    return {**os.environ, "OMP_NUM_THREADS": str(os.cpu_count())}


def peak_kilobytes(process):
    """Watches the memory of a process and all its descendants until it ends."""
    peak = 0
    while process.poll() is None:
        total, left = 0, [process.pid]
        while left:
            pid = left.pop()
            try:
                total += int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() // 1024
                for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                    left += map(int, (task / "children").read_text().split())
            except (FileNotFoundError, ProcessLookupError, IndexError):
                pass
        peak = max(peak, total)
        time.sleep(0.1)
    return peak


def measure(way, folder, count, options):
    slow = way in SLOW
    shown = min(options.images, BATCH * options.pairwise_batches) if slow else options.images
    command = (
        similitude(folder, count, shown)
        if way == "similitude"
        else [options.python, __file__, "--child", way, "--folder", str(folder), "--networks", str(count), "--images", str(shown)]
    )
    start = time.perf_counter()
    own = environment() if way != "similitude" else None
    with open(folder / "log", "w") as log, subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=own) as process:
        peak = peak_kilobytes(process)
    seconds = time.perf_counter() - start
    text = (folder / "log").read_text()
    if process.returncode != 0:
        sys.exit(f"{way} failed:\n{text}")
    if slow:
        inside = float(text.split("seconds")[-1])
        seconds += inside * (options.images / shown - 1)
    return seconds, peak / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default="2,4,8")
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--pairwise-batches", type=int, default=1)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--ways", default=",".join(WAYS), help="some of %(default)s")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--child", choices=["product", *WAYS[1:]], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    counts = [int(count) for count in options.networks.split(",")]
    unknown = set(options.ways.split(",")) - set(WAYS)
    if unknown:
        parser.error(f"unknown ways: {', '.join(sorted(unknown))} (there are {', '.join(WAYS)})")
    if options.child == "product":
        return product_gflops()
    if options.child:
        return child(options.child, options.folder, counts[0], options.images)
    rate = require_fast_products(options.python)
    print(f"{os.cpu_count()} cores, {options.images} images, median of {options.turns} turns; PyTorch's matrix product {rate:.0f} GFLOP/s")
    print(f"{'networks':>8} {'way':>12} {'s':>9} {'MB':>6} {'to similitude':>13}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_checkpoints(folder, max(counts))
        for count in counts:
            ways = options.ways.split(",")
            measured = {way: [] for way in ways}
            for turn in range(options.turns):
                for way in ways:
                    if turn == 0 or way not in SLOW:
                        measured[way].append(measure(way, folder, count, options))
            for way in ways:
                seconds = statistics.median(it[0] for it in measured[way])
                own = statistics.median(it[0] for it in measured.get("similitude", measured[way]))
                print(f"{count:>8} {way:>12} {seconds:>9.1f} {max(it[1] for it in measured[way]):>6.0f} {seconds / own:>13.1f}", flush=True)


if __name__ == "__main__":
    main()
