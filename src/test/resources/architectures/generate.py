"""What PyTorch makes of the built-in architectures, narrow ones with random weights.

Run with torch 1.13 and torchvision 0.14: python3 generate.py. ResNet, VGG, MobileNetV2, DenseNet, ConvNeXt and ViT are torchvision's
own classes, built narrower; the forms of akamaster/pytorch_resnet_cifar10, pytorch-cifar, RobustBench and DeepMind are written anew from their definitions.

Weights and images are drawn by a generator that Java has too (java.util.Random, seeded by the CRC-32 of the tensor's name), so they
need no files. For each case there is `<case>.tsv`: a head line with the number of values kept and the SHA-256 of the sorted lines
"name shape" of the state_dict (without batch norm's counters and the input's mean and deviation), then a line for every module call that returns a tensor: name, type, shape for one example; and
`<case>.npy`: for each of these lines and each example that many values of the output, evenly spaced, the first and the last among
them. The last two lines are the logits (all of them) and the gradient of sum_i (i + 1) logit_i by the images. Two cases have their
weights as a checkpoint too, `<case>.pth`.
"""

import hashlib
import math
import zlib

import numpy
import torch
import torchvision
from torch import nn
from torch.nn import functional
from torchvision.models import convnext, densenet, mobilenetv2, resnet, vgg, vision_transformer

EXAMPLES = 2
CLASSES = 10


def uniform(name, count):
    """count numbers in [0, 1) as java.util.Random's nextFloat gives them."""
    mask = (1 << 48) - 1
    state = (zlib.crc32(name.encode()) ^ 0x5DEECE66D) & mask
    numbers = numpy.empty(count)
    for i in range(count):
        state = (state * 0x5DEECE66D + 0xB) & mask
        numbers[i] = (state >> 24) / (1 << 24)
    return numbers


def drawn(name, shape):
    """A tensor around its kind's centre."""
    if name.endswith("running_var"):
        centre, spread = 1.25, 0.75
    elif len(shape) > 1:
        centre, spread = 0.0, math.sqrt(6.0 / math.prod(shape[1:]))
    elif name.endswith("weight"):
        centre, spread = 0.7, 0.3
    else:
        centre, spread = 0.0, 0.3
    values = centre + spread * (2 * uniform(name, math.prod(shape)) - 1)
    return torch.tensor(values.astype(numpy.float32)).reshape(shape)


# torchvision, narrower.


class NarrowResNet(resnet.ResNet):
    """torchvision's blocks, stages and forward pass, of another width."""

    def __init__(self, block, layers, width):
        nn.Module.__init__(self)
        self._norm_layer = nn.BatchNorm2d
        self.inplanes, self.dilation, self.groups, self.base_width = width, 1, 1, 64
        self.conv1 = nn.Conv2d(3, width, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        for stage, blocks in enumerate(layers):
            made = self._make_layer(block, width << stage, blocks, stride=1 if stage == 0 else 2)
            setattr(self, f"layer{stage + 1}", made)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(8 * width * block.expansion, CLASSES)


def narrow_vgg(configuration, batch_norm, width, hidden):
    widths = [size if size == "M" else size * width // 64 for size in vgg.cfgs[configuration]]
    network = vgg.VGG(vgg.make_layers(widths, batch_norm), num_classes=CLASSES, init_weights=False)
    classifier = network.classifier
    classifier[0] = nn.Linear(8 * width * 49, hidden)
    classifier[3] = nn.Linear(hidden, hidden)
    classifier[6] = nn.Linear(hidden, CLASSES)
    return network


# The form of pytorch-cifar and RobustBench.


def conv(inputs, outputs, size, stride=1):
    return nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)


class CifarBlock(nn.Module):
    def __init__(self, inputs, sizes, outputs, stride):
        super().__init__()
        # The convolution of stride 2 is the first of size 3.
        strided = next(i for i, (_, size) in enumerate(sizes) if size == 3)
        channels = inputs
        for i, (width, size) in enumerate(sizes):
            setattr(self, f"conv{i + 1}", conv(channels, width, size, stride if i == strided else 1))
            setattr(self, f"bn{i + 1}", nn.BatchNorm2d(width))
            channels = width
        self.count = len(sizes)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = x
        for i in range(1, self.count + 1):
            out = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(out))
            if i < self.count:
                out = functional.relu(out)
        return functional.relu(out + self.shortcut(x))


class BasicBlock(CifarBlock):
    expansion = 1

    def __init__(self, inputs, width, stride):
        super().__init__(inputs, [(width, 3), (width, 3)], width, stride)


class Bottleneck(CifarBlock):
    expansion = 4

    def __init__(self, inputs, width, stride):
        super().__init__(inputs, [(width, 1), (width, 3), (4 * width, 1)], 4 * width, stride)


def stages(network, blocks, width, block):
    inputs = width
    for stage, count in enumerate(blocks):
        made = []
        for i in range(count):
            made.append(block(inputs, width << stage, 2 if stage > 0 and i == 0 else 1))
            inputs = (width << stage) * block.expansion
        setattr(network, f"layer{stage + 1}", nn.Sequential(*made))
    return inputs


class CifarResNet(nn.Module):
    def __init__(self, block, blocks, width):
        super().__init__()
        self.conv1 = conv(3, width, 3)
        self.bn1 = nn.BatchNorm2d(width)
        self.linear = nn.Linear(stages(self, blocks, width, block), CLASSES)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.linear(functional.avg_pool2d(x, 4).flatten(1))


# The ResNets of 6n + 2 layers, with the names of akamaster/pytorch_resnet_cifar10.


class LambdaLayer(nn.Module):
    """Every second pixel, and zeros for the new channels."""

    def forward(self, x):
        quarter = x.shape[1] // 2
        return functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, quarter, quarter))


class PaddedBlock(CifarBlock):
    projects = False

    def __init__(self, inputs, width, stride):
        super().__init__(inputs, [(width, 3), (width, 3)], width, stride)
        if stride != 1 and not self.projects:
            self.shortcut = LambdaLayer()


class ProjectedBlock(PaddedBlock):
    projects = True


PaddedBlock.__name__ = ProjectedBlock.__name__ = "BasicBlock"


class SmallResNet(nn.Module):
    def __init__(self, block, depth, width):
        super().__init__()
        self.conv1, self.bn1 = conv(3, width, 3), nn.BatchNorm2d(width)
        inputs = width
        for stage in range(3):
            made = []
            for i in range((depth - 2) // 6):
                made.append(block(inputs, width << stage, 2 if stage > 0 and i == 0 else 1))
                inputs = width << stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(*made))
        self.linear = nn.Linear(inputs, CLASSES)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(functional.avg_pool2d(x, x.shape[3]).flatten(1))


def narrow_convnext(blocks, width):
    settings = [
        convnext.CNBlockConfig(width << i, width << (i + 1) if i < 3 else None, count) for i, count in enumerate(blocks)
    ]
    return convnext.ConvNeXt(settings, num_classes=CLASSES)


def normalised(mean, std):
    """RobustBench's networks subtract and divide in their forward pass; the buffers come with the checkpoint."""

    def wrap(network):
        network.register_buffer("mu", torch.tensor(mean).view(1, 3, 1, 1))
        network.register_buffer("sigma", torch.tensor(std).view(1, 3, 1, 1))
        plain = network.forward
        network.forward = lambda x: plain((x - network.mu) / network.sigma)
        return network

    return wrap


class PreActBlock(nn.Module):
    expansion = 1
    shortcut_from_input = False

    def __init__(self, inputs, width, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv(inputs, width, 3, stride)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv2 = conv(width, width, 3)
        if stride != 1 or inputs != width:
            self.shortcut = nn.Sequential(conv(inputs, width, 1, stride))

    def forward(self, x):
        active = functional.relu(self.bn1(x))
        shortcut = x
        if hasattr(self, "shortcut"):
            shortcut = self.shortcut(x if self.shortcut_from_input else active)
        return self.conv2(functional.relu(self.bn2(self.conv1(active)))) + shortcut


class PreActBlockFromInput(PreActBlock):
    shortcut_from_input = True


PreActBlockFromInput.__name__ = "PreActBlock"


class PreActResNet(nn.Module):
    def __init__(self, block, blocks, width, final_norm=False):
        super().__init__()
        self.conv1 = conv(3, width, 3)
        outputs = stages(self, blocks, width, block)
        if final_norm:
            self.bn = nn.BatchNorm2d(outputs)
        self.linear = nn.Linear(outputs, CLASSES)

    def forward(self, x):
        x = self.layer4(self.layer3(self.layer2(self.layer1(self.conv1(x)))))
        if hasattr(self, "bn"):
            x = functional.relu(self.bn(x))
        return self.linear(functional.avg_pool2d(x, 4).flatten(1))


# WideResNet with the names of TRADES and RobustBench.


class WideBlock(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.bn1, self.relu1 = nn.BatchNorm2d(inputs), nn.ReLU(inplace=True)
        self.conv1 = conv(inputs, width, 3, stride)
        self.bn2, self.relu2 = nn.BatchNorm2d(width), nn.ReLU(inplace=True)
        self.conv2 = conv(width, width, 3)
        self.convShortcut = conv(inputs, width, 1, stride) if inputs != width else None

    def forward(self, x):
        active = self.relu1(self.bn1(x))
        out = self.conv2(self.relu2(self.bn2(self.conv1(active))))
        return out + (x if self.convShortcut is None else self.convShortcut(active))


WideBlock.__name__ = "BasicBlock"


class NetworkBlock(nn.Module):
    def __init__(self, blocks, inputs, width, stride):
        super().__init__()
        first = WideBlock(inputs, width, stride)
        self.layer = nn.Sequential(first, *[WideBlock(width, width, 1) for _ in range(1, blocks)])

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    def __init__(self, depth, width, pools_by_module):
        super().__init__()
        blocks = (depth - 4) // 6
        self.conv1 = conv(3, 16, 3)
        self.block1 = NetworkBlock(blocks, 16, 16 * width, 1)
        # TRADES' code has it and never calls it.
        self.sub_block1 = NetworkBlock(blocks, 16, 16 * width, 1)
        self.block2 = NetworkBlock(blocks, 16 * width, 32 * width, 2)
        self.block3 = NetworkBlock(blocks, 32 * width, 64 * width, 2)
        self.bn1, self.relu = nn.BatchNorm2d(64 * width), nn.ReLU(inplace=True)
        self.avgpool = nn.AvgPool2d(8) if pools_by_module else (lambda x: functional.avg_pool2d(x, 8))
        self.fc = nn.Linear(64 * width, CLASSES)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(self.avgpool(self.relu(self.bn1(x))).flatten(1))


# DeepMind's WideResNet.


class Swish(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(x)


class DeepMindBlock(nn.Module):
    def __init__(self, inputs, width, stride, activation):
        super().__init__()
        self.batchnorm_0, self.relu_0 = nn.BatchNorm2d(inputs), activation()
        self.conv_0 = nn.Conv2d(inputs, width, 3, stride, bias=False)
        self.batchnorm_1, self.relu_1 = nn.BatchNorm2d(width), activation()
        self.conv_1 = conv(width, width, 3)
        self.shortcut = nn.Conv2d(inputs, width, 1, stride, bias=False) if inputs != width else None
        self.padding = (1, 1, 1, 1) if stride == 1 else (0, 1, 0, 1)

    def forward(self, x):
        active = self.relu_0(self.batchnorm_0(x))
        out = self.conv_0(functional.pad(active, self.padding))
        out = self.conv_1(self.relu_1(self.batchnorm_1(out)))
        return out + (x if self.shortcut is None else self.shortcut(active))


DeepMindBlock.__name__ = "_Block"


class DeepMindGroup(nn.Module):
    def __init__(self, blocks, inputs, width, stride, activation):
        super().__init__()
        rest = [DeepMindBlock(width, width, 1, activation) for _ in range(1, blocks)]
        self.block = nn.Sequential(DeepMindBlock(inputs, width, stride, activation), *rest)

    def forward(self, x):
        return self.block(x)


DeepMindGroup.__name__ = "_BlockGroup"


class DeepMindWideResNet(nn.Module):
    def __init__(self, depth, width, activation, mean, std):
        super().__init__()
        blocks = (depth - 4) // 6
        self.register_buffer("mean", torch.tensor(mean).view(3, 1, 1))
        self.register_buffer("std", torch.tensor(std).view(3, 1, 1))
        self.init_conv = conv(3, 16, 3)
        self.layer = nn.Sequential(
            DeepMindGroup(blocks, 16, 16 * width, 1, activation),
            DeepMindGroup(blocks, 16 * width, 32 * width, 2, activation),
            DeepMindGroup(blocks, 32 * width, 64 * width, 2, activation),
        )
        self.batchnorm, self.relu = nn.BatchNorm2d(64 * width), activation()
        self.logits = nn.Linear(64 * width, CLASSES)

    def forward(self, x):
        x = self.layer(self.init_conv((x - self.mean) / self.std))
        return self.logits(functional.avg_pool2d(self.relu(self.batchnorm(x)), 8).flatten(1))


def sampled(values, kept):
    """Evenly spaced values of each example."""
    flat = values.reshape(EXAMPLES, -1)
    features = flat.shape[1]
    if features <= kept:
        return flat.flatten()
    return flat[:, [j * (features - 1) // (kept - 1) for j in range(kept)]].flatten()


def parallel(state):
    """As training under DataParallel saves it."""
    return {"epoch": 3, "state_dict": {f"module.{name}": tensor for name, tensor in state.items()}}


def write(case, network, height, width, kept=16, file=None):
    buffers = ("mu", "sigma", "mean", "std")
    state = network.eval().state_dict()
    weights = [name for name in state if name not in buffers and not name.endswith("num_batches_tracked")]
    for name in weights:
        state[name].copy_(drawn(name, state[name].shape))
    rows, values, calls = [], [], {}

    def hook(name):
        def seen(module, inputs, output):
            if not isinstance(output, torch.Tensor):
                return
            call = calls.setdefault(name, 0)
            calls[name] += 1
            called = f"{name}#{call}" if call else name
            rows.append((called, type(module).__name__, output.shape[1:]))
            values.append(sampled(output.detach().clone(), kept))

        return seen

    for name, module in network.named_modules():
        if name:
            module.register_forward_hook(hook(name))
    count = EXAMPLES * 3 * height * width
    images = torch.tensor(uniform("images", count).astype(numpy.float32)).reshape(EXAMPLES, 3, height, width)
    images.requires_grad_(True)
    logits = network(images)
    (logits * torch.arange(1, CLASSES + 1)).sum().backward()
    largest = max(float(v.abs().max()) for v in values)
    rows += [("logits", "", logits.shape[1:]), ("gradient", "", images.shape[1:])]
    values += [logits.detach().flatten(), sampled(images.grad, kept)]
    names = sorted(f"{name} {list(state[name].shape)}" for name in weights)
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()
    with open(f"{case}.tsv", "w") as out:
        out.write(f"{kept}\t{digest}\n")
        for name, kind, shape in rows:
            out.write(f"{name}\t{kind}\t{'x'.join(map(str, shape))}\n")
    numpy.save(f"{case}.npy", torch.cat(values).numpy())
    if file is not None:
        torch.save(file(state), f"{case}.pth")
    print(f"{case}: {len(rows)} rows, at most {largest:.3g}, logits {logits.detach().numpy().round(3).tolist()[0]}")


def main():
    print(torch.__version__, torchvision.__version__)
    torch.manual_seed(0)
    depths = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
    for depth, blocks in depths.items():
        kept = 16 if depth in (18, 50) else 2
        theirs = resnet.BasicBlock if depth < 50 else resnet.Bottleneck
        write(f"resnet-{depth}", NarrowResNet(theirs, blocks, 2), 40, 32, kept, dict if depth == 18 else None)
        block = BasicBlock if depth < 50 else Bottleneck
        write(f"cifar-resnet-{depth}", CifarResNet(block, blocks, 2), 32, 32, kept)
    cifar10 = normalised([0.4914, 0.4822, 0.4465], [0.2471, 0.2435, 0.2616])
    write("cifar-resnet-18-normalised", cifar10(CifarResNet(BasicBlock, depths[18], 4)), 32, 32)
    write("preact-resnet-18", PreActResNet(PreActBlock, depths[18], 4), 32, 32)
    from_input = cifar10(PreActResNet(PreActBlockFromInput, depths[18], 2))
    write("preact-resnet-18-from-input", from_input, 32, 32, file=parallel)
    write("preact-resnet-34-final-norm", PreActResNet(PreActBlock, depths[34], 2, final_norm=True), 32, 32, 2)
    for depth, configuration in {11: "A", 13: "B", 16: "D", 19: "E"}.items():
        write(f"vgg-{depth}", narrow_vgg(configuration, False, 4, 8), 32, 32)
        write(f"vgg-{depth}-bn", narrow_vgg(configuration, True, 4, 8), 64, 32)
    # More than 7 x 7 values before the adaptive pooling, and no multiple of it.
    write("vgg-11-large", narrow_vgg("A", False, 2, 8), 288, 256)
    write("wide-resnet-16-1", WideResNet(16, 1, True), 32, 32)
    write("robustbench-wide-resnet-10-2", cifar10(WideResNet(10, 2, False)), 32, 32)
    for depth in (20, 32, 44, 56, 110):
        kept = 16 if depth == 20 else 2
        write(f"cifar-resnet-v1-{depth}", SmallResNet(PaddedBlock, depth, 2), 32, 32, kept)
    write("cifar-resnet-v1-20-b", SmallResNet(ProjectedBlock, 20, 2), 32, 32)
    write("mobilenet-v2", mobilenetv2.MobileNetV2(num_classes=CLASSES, width_mult=0.1), 64, 40, 4)
    write("mobilenet-v2-wide", mobilenetv2.MobileNetV2(num_classes=CLASSES, width_mult=1.1), 32, 32, 2)
    for depth, blocks in {121: (6, 12, 24, 16), 161: (6, 12, 36, 24), 169: (6, 12, 32, 32), 201: (6, 12, 48, 32)}.items():
        network = densenet.DenseNet(2, blocks, 4, num_classes=CLASSES)
        write(f"densenet-{depth}", network, 64, 32, 4 if depth == 121 else 2)
    # The base and the large one differ from the small one in width only.
    for size, blocks in {"tiny": (3, 3, 9, 3), "small": (3, 3, 27, 3)}.items():
        write(f"convnext-{size}", narrow_convnext(blocks, 2), 64, 40, 8 if size == "tiny" else 2)
    for name, patch, depth in (("b-16", 16, 12), ("b-32", 32, 12), ("l-16", 16, 24), ("l-32", 32, 24), ("h-14", 14, 32)):
        network = vision_transformer.VisionTransformer(4 * patch, patch, depth, 2, 8, 12, num_classes=CLASSES)
        write(f"vit-{name}", network, 4 * patch, 4 * patch, 4 if name == "b-16" else 2)
    mean, std = [0.5, 0.25, 0.125], [0.5, 0.25, 2.0]
    write("deepmind-wide-resnet-16-1", DeepMindWideResNet(16, 1, Swish, mean, std), 32, 32)
    write("deepmind-wide-resnet-10-1-silu", DeepMindWideResNet(10, 1, nn.SiLU, mean, std), 32, 32)


if __name__ == "__main__":
    main()
