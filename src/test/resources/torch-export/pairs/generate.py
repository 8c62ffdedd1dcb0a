"""Writes networks as TorchScript and as torch.export archives, and special cases of exports.

Usage: python3 generate.py FOLDER. Made with PyTorch 2.6.0 and torchvision 0.21.0 of Debian 13.
pairs/<network>/: traced.pt, free.pt2 (a free batch), four.pt2 and one.pt2 (batches of 4 and 1 written in), input.npy,
labels.npy, logits.npy, layers.txt and values.npy (what hooks saw, one after the other).
special/: <case>.pt2 with <case>.npy, the first output, where the case can be run.
"""
import os
import sys
import warnings

import numpy as np
import torch
import torchvision
from torch import nn
from torch.nn import functional as F
from torchvision.models.convnext import CNBlockConfig, ConvNeXt

warnings.filterwarnings("ignore")
torch.manual_seed(11)
torch.backends.mha.set_fastpath_enabled(False)
OUT = sys.argv[1]


def randomised(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 2)
        if hasattr(module, "layer_scale"):
            module.layer_scale.data.uniform_(0.5, 1.5)
    return model.eval()


def seen(model, x):
    values, counts = {}, {}

    def hook_of(name):
        def hook(_module, _inputs, output):
            if isinstance(output, torch.Tensor):
                count = counts.get(name, 0)
                counts[name] = count + 1
                values[name + (f"#{count}" if count else "")] = output.detach().clone()

        return hook

    hooks = [m.register_forward_hook(hook_of(n)) for n, m in model.named_modules() if n]
    with torch.no_grad():
        logits = model(x)
    for hook in hooks:
        hook.remove()
    return values, logits


def export(model, args, path, free=True, kwargs=None):
    dynamic = None
    if free:
        batch = torch.export.Dim("batch", min=1, max=4096)
        dynamic = tuple({0: batch} for _ in args)
        if kwargs:
            dynamic = {name: {0: batch} for name in kwargs}
    torch.export.save(torch.export.export(model, args, kwargs, dynamic_shapes=dynamic), path)


def pair(name, model, x):
    folder = f"{OUT}/pairs/{name}"
    os.makedirs(folder, exist_ok=True)
    values, logits = seen(model, x)
    np.save(f"{folder}/input.npy", x.numpy())
    np.save(f"{folder}/logits.npy", logits.numpy())
    np.save(f"{folder}/labels.npy", logits.argmax(1).numpy())
    with open(f"{folder}/layers.txt", "w", encoding="utf-8") as out:
        for layer, value in values.items():
            out.write(f"{layer}\t{value.numel()}\n")
    np.save(f"{folder}/values.npy", torch.cat([v.flatten() for v in values.values()]).numpy())
    torch.jit.trace(model, x, check_trace=False).save(f"{folder}/traced.pt")
    export(model, (x,), f"{folder}/free.pt2")
    export(model, (x,), f"{folder}/four.pt2", free=False)
    export(model, (x[:1],), f"{folder}/one.pt2", free=False)
    print(name, len(values), "layers")


@torch.library.custom_op("someones::doubled", mutates_args=())
def doubled(x: torch.Tensor) -> torch.Tensor:
    return x * 2


@doubled.register_fake
def _(x):
    return torch.empty_like(x)


class Special:
    """Cases of exports, each a module with what it is called with."""

    class Shared(nn.Module):
        """one module under two names"""

        def __init__(self):
            super().__init__()
            self.first = nn.Conv2d(3, 3, 1)
            self.second = self.first
            self.head = nn.Linear(3, 5)

        def forward(self, x):
            return self.head(self.second(F.relu(self.first(x))).mean((2, 3)))

    class Outputs(nn.Module):
        """a dictionary whose second value holds the logits"""

        def __init__(self):
            super().__init__()
            self.body = nn.Conv2d(3, 4, 1)
            self.head = nn.Linear(4, 5)

        def forward(self, pixels):
            features = self.body(pixels).mean((2, 3))
            return {"features": features, "logits": self.head(features)}

    class Indexed(nn.Module):
        """lists, optional values, constants, masks of infinity, in-place writes of slices"""

        def __init__(self):
            super().__init__()
            self.register_buffer("order", torch.tensor([2, 0, 1]), persistent=False)
            self.head = nn.Linear(12, 5)

        def forward(self, x):
            a, b, c = x.flatten(2).split([1, 1, 1], dim=1)
            y = torch.cat([c, a, b], 1)[:, self.order]
            z = y.clone()
            z[:, 0] = z[:, 0] * 2
            z[:, 1:2] += torch.tensor([0.5])
            mask = torch.ones(x.shape[0], 4, 4, dtype=torch.bool).tril()
            scores = torch.einsum("bcn,bcm->bnm", z[:, :, :4], y[:, :, :4])
            scores = scores.masked_fill(~mask, float("-inf")).softmax(-1)
            return self.head((scores @ z[:, :, :4].transpose(1, 2)).flatten(1))

    class Two(nn.Module):
        def forward(self, x, y):
            return (x + y).mean((2, 3))

    class Integers(nn.Module):
        def forward(self, x):
            return x.float().mean((2, 3))

    class Training(nn.Module):
        def __init__(self):
            super().__init__()
            self.drop = nn.Dropout(0.5)

        def forward(self, x):
            return self.drop(x).mean((2, 3))

    class Norm(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm2d(3)

        def forward(self, x):
            return self.norm(x).mean((2, 3))

    class Noise(nn.Module):
        def forward(self, x):
            return (x + torch.rand_like(x)).mean((2, 3))

    class Branch(nn.Module):
        def forward(self, x):
            return torch.cond(x.sum() > 0, lambda v: v.mean((2, 3)), lambda v: v.amax((2, 3)), (x,))

    class Ungraded(nn.Module):
        def forward(self, x):
            with torch.no_grad():
                y = x * 2
            return y.mean((2, 3))

    class Custom(nn.Module):
        def forward(self, x):
            return torch.ops.someones.doubled(x).mean((2, 3))

    class Image(nn.Module):
        """no classification"""

        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 4, 1)

        def forward(self, x):
            return self.conv(x)

    class Groups(nn.Module):
        """a batch norm that has no statistics of its own"""

        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm2d(3, track_running_stats=False)

        def forward(self, x):
            return self.norm(x).amax((2, 3))


def special(name, model, args, free=True, kwargs=None, result=True):
    folder = f"{OUT}/special"
    os.makedirs(folder, exist_ok=True)
    try:
        export(model, args, f"{folder}/{name}.pt2", free, kwargs)
    except Exception as e:  # what PyTorch itself does not export is no case
        print(name, "NOT EXPORTED", str(e)[:200].replace("\n", " "))
        return
    if result:
        with torch.no_grad():
            output = model(*args, **(kwargs or {}))
        if isinstance(output, dict):
            output = output["logits"]
        np.save(f"{folder}/{name}.npy", output.numpy())
    print(name)


def main():
    x16, x32 = torch.rand(4, 3, 16, 16), torch.rand(4, 3, 32, 32)
    models = torchvision.models
    vit = models.VisionTransformer(image_size=16, patch_size=8, num_layers=1, num_heads=2, hidden_dim=16, mlp_dim=32, num_classes=5)
    nn.init.normal_(vit.heads.head.weight, std=0.2)
    pair("vit", vit.eval(), x16)
    blocks = [CNBlockConfig(8, 16, 1), CNBlockConfig(16, None, 1)]
    pair("convnext", randomised(ConvNeXt(blocks, stochastic_depth_prob=0.1, num_classes=5)), x32)
    swin = models.SwinTransformer(patch_size=[4, 4], embed_dim=12, depths=[2, 2], num_heads=[2, 2], window_size=[2, 2], num_classes=5)
    pair("swin", randomised(swin), x32)
    shuffle = models.ShuffleNetV2([1, 1, 1], [8, 16, 32, 64, 64], num_classes=5)
    pair("shufflenet", randomised(shuffle), x32)

    torch.manual_seed(12)
    x = torch.rand(3, 3, 4, 4)
    special("shared", Special.Shared().eval(), (x,))
    special("outputs", Special.Outputs().eval(), (), kwargs={"pixels": x})
    special("indexed", Special.Indexed().eval(), (x,))
    special("groups", Special.Groups().eval(), (x,))
    special("two_inputs", Special.Two().eval(), (x, x), result=False)
    special("integers", Special.Integers().eval(), ((x * 255).to(torch.uint8),), result=False)
    special("dropout", Special.Training().train(), (x,), result=False)
    special("norm", Special.Norm().train(), (x,), result=False)
    special("noise", Special.Noise().eval(), (x,), result=False)
    special("branch", Special.Branch().eval(), (x,), result=False)
    special("ungraded", Special.Ungraded().eval(), (x,), result=False)
    special("custom", Special.Custom().eval(), (x,), result=False)
    special("image", Special.Image().eval(), (x,), result=False)
    half = nn.Sequential(nn.Conv2d(3, 4, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5)).double().eval()
    special("double", half, (x.double(),))
    decomposed = torch.export.export(randomised(models.shufflenetv2.InvertedResidual(4, 8, 2)), (torch.rand(3, 4, 4, 4),))
    torch.export.save(decomposed.run_decompositions(), f"{OUT}/special/decomposed.pt2")


main()
