"""Makes the fixtures of this folder. Run in it, with the folder of Fashion-MNIST's files as the argument:

    python3 generate.py /usr/share/datasets/fashion-mnist

Made with NumPy 1.24.2, PyTorch 1.13.0 and torchvision 0.14.1 (Debian 12). The images are the first 50 test images of
Fashion-MNIST (MIT licence, Zalando SE).
"""
import gzip
import pathlib
import struct
import sys

import numpy as np
import torch
from torchvision.transforms import functional

source = pathlib.Path(sys.argv[1])


def unpack(name):
    plain = source / name
    return plain.read_bytes() if plain.exists() else gzip.decompress((source / (name + ".gz")).read_bytes())


def idx(name, array):
    header = struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    with open(name, "wb") as file:
        # No name and no time: the same bytes every time.
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
            packed.write(header + array.tobytes())


count = 50
images = np.frombuffer(unpack("t10k-images-idx3-ubyte"), np.uint8, count * 784, 16).reshape(count, 28, 28)
labels = np.frombuffer(unpack("t10k-labels-idx1-ubyte"), np.uint8, count, 8)
idx("fashion-mnist-50-images-idx3-ubyte.gz", images)
idx("fashion-mnist-50-labels-idx1-ubyte.gz", labels)
np.save("fashion-mnist-50-images.npy", images)
np.save("fashion-mnist-50-labels.npy", labels.astype(np.int64))

values = np.arange(6).reshape(2, 3) - 0.25
np.save("float32-little.npy", values.astype("<f4"))
np.save("float32-big.npy", values.astype(">f4"))
np.save("float64-little.npy", values.astype("<f8"))
np.save("float64-big.npy", values.astype(">f8"))
np.save("int32-big.npy", np.array([-1, 2**31 - 1, 7], ">i4"))
np.save("int64-little.npy", np.array([-1, 2**62, 7], "<i8"))
np.save("uint8.npy", np.array([[0, 127, 128, 255]], np.uint8))
np.save("scalar.npy", np.float64(2.5))
np.save("fortran.npy", np.asfortranarray(values))
np.save("complex.npy", values.astype(np.complex64))
np.save("record.npy", np.zeros(2, [("a", "f4"), ("b", "i8")]))
for code in ["?", "u2", ">u4", "u8", "i1", ">i2", "f2", ">f2"]:
    kind = np.dtype(code)
    some = np.array([0, 1, 1], kind) if code == "?" else np.array([0, 1, np.iinfo(kind).max], kind) if kind.kind in "iu" else np.array(
        [-0.1, 65504, 6e-8], kind)
    np.save(f"{kind.name}{'-big' if kind.byteorder == '>' else ''}.npy", some)
np.save("fortran-4.npy", np.asfortranarray(np.arange(2 * 3 * 4 * 5, dtype=np.int16).reshape(2, 3, 4, 5)))
with open("version-2.npy", "wb") as file:
    np.lib.format.write_array(file, values, version=(2, 0))

random = np.random.RandomState(0)


def transform(name, shape, function):
    image = random.uniform(size=(1, *shape)).astype(np.float32)
    np.save(f"{name}-in.npy", image)
    np.save(f"{name}-out.npy", function(torch.from_numpy(image)).numpy())


def resize(side, *shape):
    transform(f"resize-{side}-of-{'x'.join(map(str, shape))}", shape,
              lambda image: functional.resize(image, [side], antialias=True))


def center_crop(side, *shape):
    transform(f"center-crop-{side}-of-{'x'.join(map(str, shape))}", shape,
              lambda image: functional.center_crop(image, [side]))


resize(5, 2, 9, 13)
resize(5, 2, 13, 9)
resize(11, 1, 6, 4)
resize(8, 1, 8, 10)
resize(16, 1, 50, 37)
resize(7, 1, 8, 8)
resize(3, 1, 3, 40)
center_crop(5, 2, 8, 7)
center_crop(4, 1, 7, 9)
center_crop(10, 1, 7, 8)
center_crop(6, 1, 9, 3)
