"""Makes images/, cifar/ and parquet/ of this folder. Run in it:

    python3 generate_images.py

Made with Pillow 9.4.0, PyTorch 1.13.0 and torchvision 0.14.1 (Debian 12); the part of Parquet with PyArrow 25.0.1 (`python3
generate_images.py parquet`, in an environment of its own). The pictures are computed: waves, edges and noise.
"""
import io
import pathlib
import struct
import sys

import numpy as np


def picture(height, width, seed):
    random = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width] / 20.0
    planes = [127 + 80 * np.sin((1 + seed % 3) * x + i) + 40 * np.cos(2.1 * y - i * x) for i in range(3)]
    values = np.stack(planes, -1)
    values[height // 4:height // 2, width // 3:width // 2] = [200, 30, 60]
    return np.clip(values + random.normal(0, 8, values.shape), 0, 255).astype(np.uint8)


def images():
    from PIL import Image
    import torchvision
    from torchvision import transforms

    folder = pathlib.Path("images")
    folder.mkdir(exist_ok=True)
    rgb = Image.fromarray(picture(45, 60, 1))

    def jpeg(**options):
        file = io.BytesIO()
        rgb.save(file, "JPEG", **options)
        return file.getvalue()

    def bare(data):
        """Without its JFIF segment: libjpeg then goes by the names of the components."""
        length = struct.unpack(">H", data[4:6])[0]
        return data[:2] + data[4 + length:]

    def mode(name, **options):
        file = io.BytesIO()
        rgb.convert(name).save(file, **options)
        return file.getvalue()

    cmyk = mode("CMYK", format="JPEG", quality=92)
    grey16 = io.BytesIO()
    # Pillow clips 16 bits of grey to 255: some values are below, some above.
    Image.fromarray(np.asarray(rgb.convert("L")).astype(np.uint16) * 3).save(grey16, "PNG")
    exif = Image.Exif()
    exif[0x0112] = 6
    files = {
        "420.jpg": jpeg(quality=90),
        "422.jpg": jpeg(quality=85, subsampling=1),
        "444.jpg": jpeg(quality=95, subsampling=0),
        "444-no-jfif.jpg": bare(jpeg(quality=95, subsampling=0)),
        "420-no-jfif.jpg": bare(jpeg(quality=90)),
        "progressive.jpg": jpeg(quality=90, progressive=True),
        "turned-by-exif.jpg": jpeg(quality=90, exif=exif),
        "grey.jpg": mode("L", format="JPEG"),
        "cmyk.jpg": cmyk,
        # The last byte of Adobe's segment says how the components are coded: 2 is YCCK.
        "ycck.jpg": cmyk.replace(b"Adobe\0d\0\0\0\0\0", b"Adobe\0d\0\0\0\0\2"),
        "rgb.png": mode("RGB", format="PNG"),
        "rgba.png": mode("RGBA", format="PNG"),
        "palette.png": mode("P", format="PNG"),
        "bits.png": mode("1", format="PNG"),
        "grey.png": mode("L", format="PNG"),
        "grey-alpha.png": mode("LA", format="PNG"),
        "grey-16.png": grey16.getvalue(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
        np.save(folder / (name + ".npy"), np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))

    root = pathlib.Path("image-folder")
    sizes = {"val/n01/a.JPEG": (45, 60), "val/n01/b.jpg": (70, 50), "val/n01/deep/0.png": (40, 40),
             "val/n02/c.JPEG": (33, 90), "val/n10/z.png": (64, 48)}
    for seed, (name, size) in enumerate(sizes.items()):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture(*size, seed)).save(file)
    (root / "val/n02/readme.txt").write_text("no image\n")
    data = torchvision.datasets.ImageFolder(
        root / "val", transforms.Compose([transforms.Resize(36), transforms.CenterCrop(32), transforms.ToTensor()]))
    np.save("image-folder-resize-36-crop-32.npy", np.stack([image.numpy() for image, _ in data]))
    print([(file, label) for file, label in data.samples])


def cifar():
    folder = pathlib.Path("cifar")
    random = np.random.RandomState(0)
    for parent, labels, names in [
            ("cifar-10-batches-bin", [10], [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]),
            ("cifar-100-binary", [20, 100], ["train.bin", "test.bin"])]:
        (folder / parent).mkdir(parents=True, exist_ok=True)
        for name in names:
            records = [np.concatenate([[random.randint(n) for n in labels], random.randint(0, 256, 3072)])
                       for _ in range(3)]
            (folder / parent / name).write_bytes(np.array(records, np.uint8).tobytes())


def parquet():
    import pyarrow
    from pyarrow import parquet

    folder = pathlib.Path("parquet")
    folder.mkdir(exist_ok=True)
    files = sorted(pathlib.Path("image-folder/val").rglob("*.*"))
    data = [file.read_bytes() for file in files if file.suffix != ".txt"]
    struct_type = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    for part, rows in enumerate([data[:3], data[3:]]):
        table = pyarrow.table({
            "image": pyarrow.array([{"bytes": row, "path": None} for row in rows], struct_type),
            "label": pyarrow.array([3 * part + i for i in range(len(rows))], pyarrow.int64())})
        parquet.write_table(table, folder / f"test-{part:05}-of-00002.parquet", row_group_size=2, write_page_checksum=True)
    plain = pyarrow.table({"img": pyarrow.array(data[:2], pyarrow.binary()), "fine": pyarrow.array([7, 8], pyarrow.int32())})
    parquet.write_table(plain, folder / "train-00000-of-00001.parquet", compression="zstd")


if sys.argv[1:] == ["parquet"]:
    parquet()
else:
    images()
    cifar()
