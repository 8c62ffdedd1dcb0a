"""Networks of torchvision, traced, scripted and exported, and what forward hooks see in them: for ExportedTaps.

usage: python3 torchvision_exports.py FOLDER [NETWORK...]    (torch and torchvision; random weights; 5 GB in FOLDER)

Leaves <network>_traced.pt, <network>_scripted.pt and, with PyTorch 2.6 or newer, <network>_exported.pt2, input.npy (2 x 3 x 224 x 224), and for each network <network>.tsv, a line
"name<TAB>elements" for the logits and every module call that returned a tensor, in call order, and <network>.f32: their values.
"""
import pathlib
import sys

import numpy
import torch
import torchvision

NETWORKS = {
    "resnet50": torchvision.models.resnet50,
    "vgg16_bn": torchvision.models.vgg16_bn,
    "vit_b_16": torchvision.models.vit_b_16,
    "convnext_tiny": torchvision.models.convnext_tiny,
    "swin_t": torchvision.models.swin_t,
}


def calibrate(network):
    """Statistics of batch norm as training leaves them: with those of an untrained network activations grow from block to block."""
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None
    network.train()
    with torch.no_grad():
        network(torch.rand(8, 3, 224, 224))
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 0.1
    network.eval()


def hooked(network, images):
    """The values of all module calls, as they are when the call returns."""
    seen, calls = [], {}

    def hook(name):
        def see(module, inputs, output):
            if isinstance(output, torch.Tensor):
                call = calls.setdefault(name, 0)
                calls[name] += 1
                seen.append((f"{name}#{call}" if call else name, output.numpy().copy()))

        return see

    handles = [module.register_forward_hook(hook(name)) for name, module in network.named_modules() if name]
    with torch.no_grad():
        logits = network(images).numpy()
    for handle in handles:
        handle.remove()
    return [("", logits)] + seen


def export(network, images, file):
    """With a free batch; torch.export writes archives that are read here from 2.6 on."""
    if tuple(int(part) for part in torch.__version__.split(".")[:2]) >= (2, 6):
        batch = torch.export.Dim("batch", min=1, max=4096)
        torch.export.save(torch.export.export(network, (images,), dynamic_shapes=({0: batch},)), file)


def main(folder, names):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    images = torch.rand(2, 3, 224, 224)
    numpy.save(folder / "input.npy", images.numpy())
    for name in names or NETWORKS:
        network = NETWORKS[name]()
        if name == "vit_b_16":
            torch.nn.init.normal_(network.heads.head.weight, std=0.02)
        calibrate(network)
        # Unchecked: the check runs attention without gradients, which is another kernel.
        torch.jit.trace(network, images, check_trace=False).save(str(folder / f"{name}_traced.pt"))
        torch.jit.script(network).save(str(folder / f"{name}_scripted.pt"))
        export(network, images, str(folder / f"{name}_exported.pt2"))
        with open(folder / f"{name}.tsv", "w") as layers, open(folder / f"{name}.f32", "wb") as values:
            for layer, value in hooked(network, images):
                layers.write(f"{layer}\t{value.size}\n")
                values.write(numpy.ascontiguousarray(value, "<f4").tobytes())
        print(name, "written")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2:])
