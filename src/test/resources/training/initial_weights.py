"""Writes initial-weights.json: what torchvision 0.14.1 (PyTorch 1.13.1) draws for each parameter of two small networks.
Usage: initial_weights.py, in this folder. Each parameter has its mean absolute value over 20 draws, and its mean square.
trunc_normal_ of that version draws the lower limit, 100 deviations away, about once in 10 million numbers; these numbers are left out."""
import json

import torch
from torchvision.models.convnext import CNBlockConfig, ConvNeXt
from torchvision.models.vision_transformer import VisionTransformer

DRAWS = 20


def convnext():
    blocks = [CNBlockConfig(16, 32, 3), CNBlockConfig(32, 64, 3), CNBlockConfig(64, 128, 9), CNBlockConfig(128, None, 3)]
    return ConvNeXt(blocks, num_classes=10)


def vit():
    return VisionTransformer(image_size=32, patch_size=8, num_layers=2, num_heads=4, hidden_dim=48, mlp_dim=96, num_classes=10)


def drawn(make):
    squares, sizes = {}, {}
    for seed in range(DRAWS):
        torch.manual_seed(seed)
        for name, value in make().named_parameters():
            value = value.double()[value > -2]
            squares[name] = squares.get(name, 0) + value.square().mean().item() / DRAWS
            sizes[name] = sizes.get(name, 0) + value.abs().mean().item() / DRAWS
    return {name: {"mean_square": squares[name], "mean_absolute": sizes[name]} for name in squares}


with open("initial-weights.json", "w") as out:
    json.dump({"convnext-tiny": drawn(convnext), "vit-b-16": drawn(vit)}, out, indent=0)
