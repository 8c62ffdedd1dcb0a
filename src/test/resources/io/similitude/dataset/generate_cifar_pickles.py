"""Makes cifar-python2/ and cifar-python3/ from the binary files of cifar/. Run in this folder, by both:

    python2.7 generate_cifar_pickles.py
    python3 generate_cifar_pickles.py

Python 2.7.18 writes what the archives of CIFAR hold, with stand-ins for NumPy's classes that reduce to what NumPy 1 reduces to;
Python 3.11 with NumPy 1.24.2 writes the same again in the protocols of today.
"""
import os
import sys

FILES = {
    "cifar-10-batches": ("labels", 1, ["data_batch_%d" % i for i in range(1, 6)] + ["test_batch"]),
    "cifar-100": ("fine_labels", 2, ["train", "test"]),
}
BINARY = {"cifar-10-batches": "cifar-10-batches-bin", "cifar-100": "cifar-100-binary"}
PYTHON = {"cifar-10-batches": "cifar-10-batches-py", "cifar-100": "cifar-100-python"}


def records(folder, name, label_bytes):
    with open(os.path.join("cifar", BINARY[folder], name + ".bin"), "rb") as file:
        data = bytearray(file.read())
    size = label_bytes + 3072
    rows = [data[i:i + size] for i in range(0, len(data), size)]
    return [row[label_bytes - 1] for row in rows], b"".join(bytes(row[label_bytes:]) for row in rows), len(rows)


def write(path, content):
    if not os.path.isdir(os.path.dirname(path)):
        os.makedirs(os.path.dirname(path))
    with open(path, "wb") as file:
        file.write(content)


def entries(folder, name, array):
    key, label_bytes, _ = FILES[folder]
    labels, data, count = records(folder, name, label_bytes)
    result = {"batch_label": "of " + name, key: labels, "data": array(data, count),
              "filenames": ["%d.png" % i for i in range(count)]}
    if label_bytes == 2:
        result["coarse_labels"] = [0] * count
    return result


def python2():
    import cPickle
    import types

    numpy = types.ModuleType("numpy")
    core = types.ModuleType("numpy.core")
    multiarray = types.ModuleType("numpy.core.multiarray")
    sys.modules.update({"numpy": numpy, "numpy.core": core, "numpy.core.multiarray": multiarray})

    class dtype(object):
        __module__ = "numpy"

        def __init__(self, *arguments):
            pass

        def __reduce__(self):
            return dtype, ("u1", 0, 1), (3, "|", None, None, None, -1, -1, 0)

    class ndarray(object):
        __module__ = "numpy"

        def __reduce__(self):
            state = (1, (self.count, 3072), dtype(), False, self.data)
            return _reconstruct, (ndarray, (0,), "b"), state

    def _reconstruct(*arguments):
        return ndarray()

    _reconstruct.__module__ = "numpy.core.multiarray"
    numpy.dtype, numpy.ndarray, multiarray._reconstruct = dtype, ndarray, _reconstruct

    def array(data, count):
        result = ndarray()
        result.data, result.count = data, count
        return result

    for folder, (_, _, names) in FILES.items():
        for name in names:
            write(os.path.join("cifar-python2", PYTHON[folder], name), cPickle.dumps(entries(folder, name, array), 2))


def python3():
    import pickle

    import numpy

    def array(data, count):
        return numpy.frombuffer(data, numpy.uint8).reshape(count, 3072)

    def columns(data, count):
        return numpy.asfortranarray(array(data, count))

    test = "test_batch"
    for protocol in 2, 3, 4, 5:
        content = pickle.dumps(entries("cifar-10-batches", test, array), protocol)
        write("cifar-python3/protocol-%d/test_batch" % protocol, content)
    write("cifar-python3/columns/test_batch", pickle.dumps(entries("cifar-10-batches", test, columns), 4))
    write("cifar-python3/columns-5/test_batch", pickle.dumps(entries("cifar-10-batches", test, columns), 5))
    by_bytes = {key.encode(): value for key, value in entries("cifar-10-batches", test, array).items()}
    write("cifar-python3/bytes/test_batch", pickle.dumps(by_bytes, 4))
    floats = entries("cifar-10-batches", test, lambda data, count: array(data, count).astype(numpy.float32))
    write("cifar-python3/floats/test_batch", pickle.dumps(floats, 4))
    flat = entries("cifar-10-batches", test, lambda data, count: numpy.frombuffer(data, numpy.uint8))
    write("cifar-python3/flat/test_batch", pickle.dumps(flat, 2))


if sys.version_info[0] == 2:
    python2()
else:
    python3()
