"""Makes strided*.pth, training.pth, types.safetensors, sharded* and values.tsv beside this file.

Run by hand, in this folder, with PyTorch 1.13 (Debian's python3-torch): /usr/bin/python3 generate.py
values.tsv is what PyTorch reads in every fixture: file, name, dtype, shape, and the SHA-256 of the
contiguous elements after .float(), little-endian. The wide_resnet_10_1_*, twist_* and vit_tiny_*
files come from Similitude's reference networks. The tensors of their safetensors files are looked up
in their state_dict.pth, so that they do not rest on the few lines below that write and read
safetensors (there is no Debian package of it).
"""

import argparse
import collections
import hashlib
import json
import pathlib
import struct

import numpy
import torch

HERE = pathlib.Path(__file__).parent


def strided():
    base = torch.arange(24, dtype=torch.float32) / 7 - 1
    numbers = torch.tensor([-3, 0, 1, 2, 100, 127])
    image = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))
    return {
        "offset": base[5:11],
        "transposed": base.view(4, 6).t(),
        "every_third": base[1::3],
        "window": base.view(2, 3, 4)[:, 1:, ::2],
        "channels_last": image.to(memory_format=torch.channels_last),
        "expanded": base[3:6].view(3, 1).expand(3, 4),
        "shared": base,
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(3, 0, 2),
        "parameter": torch.nn.Parameter(base[:4].clone()),
        "float64": torch.tensor([1 / 3, 1e300, -0.0, 5e-324], dtype=torch.float64),
        "float16": torch.tensor([1 / 3, 65504, 6e-8, -0.0, float("inf")], dtype=torch.float16),
        "bfloat16": torch.tensor([1 / 3, 3e38, 1e-40, -0.0], dtype=torch.bfloat16),
        "int64": torch.tensor([2**40 + 1, -(2**62), 5]),
        "int32": numbers.to(torch.int32),
        "int16": numbers.to(torch.int16),
        "int8": numbers.to(torch.int8),
        "uint8": torch.tensor([0, 200, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
    }


def training():
    """What a training script leaves: the weights, and company of many types."""
    model = torch.nn.Linear(3, 2)
    torch.nn.init.constant_(model.weight, 0.25)
    torch.nn.init.constant_(model.bias, -0.5)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    model(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [10, 20])
    return {
        "epoch": 3,
        "best": numpy.float64(0.5),
        "accuracy": torch.tensor(0.25),
        "args": argparse.Namespace(lr=0.1, name="run", sizes=[1, 2], seen={1, 2}),
        "history": collections.defaultdict(list, loss=[0.1, None, 2**70]),
        "device": torch.device("cpu"),
        "dtype": torch.float32,
        "size": torch.Size([1, 2]),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "state_dict": {"module." + k: v for k, v in model.state_dict().items()},
    }


TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "I16": torch.int16,
    "I8": torch.int8,
    "U8": torch.uint8,
    "BOOL": torch.bool,
}


def elements_of(tensor):
    return bytes(tensor.detach().contiguous().flatten().view(torch.uint8).tolist())


def save_safetensors(tensors, path):
    codes = {dtype: code for code, dtype in TYPES.items()}
    header = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, tensor in tensors.items():
        elements = elements_of(tensor) if tensor.numel() else b""
        offsets = [len(data), len(data) + len(elements)]
        header[name] = {
            "dtype": codes[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": offsets,
        }
        data += elements
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def save_sharded(tensors, stem):
    names = list(tensors)
    weight_map = {}
    for i, part in enumerate((names[:7], names[7:]), start=1):
        shard = f"{stem}-0000{i}-of-00002.safetensors"
        save_safetensors({name: tensors[name] for name in part}, HERE / shard)
        weight_map.update({name: shard for name in part})
    index = {"metadata": {"total_size": 0}, "weight_map": weight_map}
    (HERE / f"{stem}.safetensors.index.json").write_text(json.dumps(index, indent=2))


def load(path):
    if path.name.startswith(("types", "sharded")):
        return strided()
    if path.name.endswith(".safetensors"):
        path = path.with_name(path.name.replace("model.safetensors", "state_dict.pth"))
    loaded = torch.load(path, map_location="cpu")
    return loaded.get("state_dict", loaded)


def rows(path):
    for name, tensor in load(path).items():
        elements = tensor.detach().float().contiguous().numpy().astype("<f4").tobytes()
        shape = "x".join(str(size) for size in tensor.shape)
        dtype = str(tensor.dtype).removeprefix("torch.")
        digest = hashlib.sha256(elements).hexdigest()
        yield "\t".join([path.name, name, dtype, shape, digest])


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.save(strided(), HERE / "strided.pth")
    torch.save(strided(), HERE / "strided_legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(training(), HERE / "training.pth")
    save_safetensors(strided(), HERE / "types.safetensors")
    save_sharded(strided(), "sharded")
    endings = (".pth", ".pth.tar", ".safetensors", ".index.json")
    files = sorted(p for p in HERE.iterdir() if p.name.endswith(endings) and "-of-" not in p.name)
    lines = [row for path in files for row in rows(path)]
    (HERE / "values.tsv").write_text("\n".join(lines) + "\n")
