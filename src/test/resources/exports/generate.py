"""Makes the fixtures of this folder: small networks with what exports hold beside convolutions. Torch 1.13.

usage: generate.py   (for each network its archives, what its forward hooks saw, and the images that it was shown)

layers.txt has a line a module call: name, then the length of its value; values.npy has the logits and then these values,
one after the other. The network runs in evaluation mode on input.npy.
"""
import pathlib
from typing import Dict, List, Optional, Tuple

import numpy
import torch
from torch import Tensor, nn

HERE = pathlib.Path(__file__).parent


@torch.jit.interface
class Step(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        pass


class Scaled(nn.Module):
    def __init__(self, factor: float):
        super().__init__()
        self.linear = nn.Linear(4, 4)
        self.factor = factor

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x) * self.factor


class Negated(nn.Module):
    """Writes over what it is given."""

    def forward(self, x: Tensor) -> Tensor:
        return x.neg_()


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 4)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:
        y = self.linear(x)
        return y.clone(), self.relu(y)


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.tanh = nn.Tanh()

    def forward(self, x: Tensor) -> Dict[str, Tensor]:
        return {"tanh": self.tanh(x), "x": x}


class Several(nn.Module):
    def __init__(self):
        super().__init__()
        self.sigmoid = nn.Sigmoid()

    def forward(self, xs: List[Tensor]) -> List[Tensor]:
        return [self.sigmoid(x) for x in xs]


class Nothing(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)

    def forward(self, x: Tensor) -> None:
        self.norm(x)


class Maybe(nn.Module):
    def forward(self, x: Optional[Tensor]) -> Optional[Tensor]:
        return x


class Helper(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 4)

    def forward(self, x: Tensor) -> Tensor:
        return self.other(x)

    @torch.jit.export
    def other(self, x: Tensor) -> Tensor:
        return self.linear(x) + 1


@torch.jit.script
class Box:
    def __init__(self, value: Tensor):
        self.value = value

    def times(self, factor: int) -> Tensor:
        return self.value * factor


@torch.jit.script
def doubled(x: Tensor, factor: int = 2) -> Tensor:
    return x * factor


class Everything(nn.Module):
    def __init__(self):
        super().__init__()
        self.steps = nn.ModuleList([Scaled(1.0), Negated(), Scaled(2.0)])
        self.named = nn.ModuleDict({"linear": nn.Linear(4, 4), "re lu": nn.ReLU()})
        self.again = self.steps[0]
        self.identity = nn.Identity()
        self.pair, self.dictionary, self.several = Pair(), Named(), Several()
        self.nothing, self.maybe, self.helper = Nothing(), Maybe(), Helper()
        self.norm = nn.BatchNorm1d(4)
        self.register_buffer("scale", torch.tensor([2.0]), persistent=False)

    def forward(self, image: Tensor, extra: Optional[Tensor] = None, times: int = 3) -> Tensor:
        x = image.flatten(1)
        for step in self.steps:
            x = step(x)
        for _, module in self.named.items():
            x = module(x)
        i = 0
        while i < times:
            x = self.norm(x)
            i += 1
        x = self.identity(self.again(x))
        first, second = self.pair(x)
        both = self.dictionary(second)
        squashed = self.several([first, second, both["tanh"], both["x"]])
        self.nothing(x)
        maybe = self.maybe(x)
        with torch.no_grad():
            x = self.helper.other(squashed[0] + squashed[3]) + self.helper(x)
        if maybe is not None:
            x = x + maybe
        box = Box(x)
        x = doubled(box.times(3))
        if bool(x.sum() > 1e9):
            x = self.norm(x)
        x.add_(1)
        return self.scale * x


class Chosen(nn.Module):
    """Modules behind an interface, chosen while it runs."""

    def __init__(self):
        super().__init__()
        self.steps = nn.ModuleList([Scaled(1.0), Negated(), Scaled(2.0)])
        self.last: Step = Scaled(3.0)

    def forward(self, image: Tensor) -> Tensor:
        x = image.flatten(1)
        for i in range(5):
            step: Step = self.steps[i % 3]
            x = step.forward(x)
        return self.last.forward(x)


class ChosenInPython(Chosen):
    """The same, called as Python calls modules, so that hooks see it."""

    def forward(self, image):
        x = image.flatten(1)
        for i in range(5):
            x = self.steps[i % 3](x)
        return self.last(x)


def stepped(step: Step, x: Tensor) -> Tensor:
    return step.forward(x)


def twice(x: Tensor, step: Step) -> Tensor:
    return stepped(step, stepped(step, x))


class Handed(nn.Module):
    """Modules handed to functions, which call them."""

    def __init__(self):
        super().__init__()
        self.first: Step = Scaled(2.0)
        self.last: Step = Scaled(3.0)

    def forward(self, image: Tensor) -> Tensor:
        return stepped(self.last, twice(image.flatten(1), self.first))


class HandedInPython(Handed):
    """The same, called as Python calls modules, so that hooks see it."""

    def forward(self, image):
        return self.last(self.first(self.first(image.flatten(1))))


class Forked(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 4)

    def forward(self, image: Tensor) -> Tensor:
        return torch.jit.wait(torch.jit.fork(self.linear, image.flatten(1)))


class TwoInputs(nn.Module):
    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return a + b


class Unpooled(nn.Module):
    """No classifier: it returns maps."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 1)

    def forward(self, image: Tensor) -> Tensor:
        return self.conv(image)


class Outputs(nn.Module):
    """Returns the logits in a dictionary."""

    def __init__(self):
        super().__init__()
        self.head = nn.Linear(4, 3)

    def forward(self, image: Tensor) -> Dict[str, Tensor]:
        return {"out": self.head(image.flatten(1)), "image": image}


def expect(name, network, images):
    layers, values, calls = [], [], {}

    def hook(path):
        def see(module, inputs, output):
            if isinstance(output, Tensor):
                call = calls.setdefault(path, 0)
                calls[path] += 1
                layers.append(f"{path + (f'#{call}' if call else '')}\t{output.numel()}")
                values.append(output.numpy().flatten().copy())

        return see

    handles = [module.register_forward_hook(hook(path)) for path, module in network.named_modules() if path]
    with torch.inference_mode():
        logits = network(images)
    for handle in handles:
        handle.remove()
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    logits = logits["out"] if isinstance(logits, dict) else logits
    numpy.save(folder / "values.npy", numpy.concatenate([logits.numpy().flatten()] + values))
    (folder / "layers.txt").write_text("\n".join(layers) + "\n")


def save(exported, name):
    (HERE / name).parent.mkdir(exist_ok=True)
    exported.save(str(HERE / name))


def main():
    torch.manual_seed(5)
    images = torch.rand(3, 1, 2, 2)
    numpy.save(HERE / "input.npy", images.numpy())

    everything = Everything().eval()
    for module in everything.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.running_mean.normal_()
    expect("everything", everything, images)
    save(torch.jit.script(everything), "everything/scripted.pt")
    save(torch.jit.trace(everything, images), "everything/traced.pt")
    save(torch.jit.freeze(torch.jit.script(everything)), "everything/frozen.pt")

    save(torch.jit.trace(nn.DataParallel(everything), images), "everything/parallel.pt")
    save(torch.jit.script(everything.train()), "everything/training.pt")

    chosen, python = Chosen().eval(), ChosenInPython().eval()
    python.load_state_dict(chosen.state_dict())
    expect("chosen", python, images)
    save(torch.jit.script(chosen), "chosen/scripted.pt")

    outputs = Outputs().eval()
    expect("outputs", outputs, images)
    save(torch.jit.script(outputs), "outputs/scripted.pt")

    hooked = Outputs().eval()
    hooked.head.register_forward_hook(raised)
    for name, network in [("forked", Forked()), ("two_inputs", TwoInputs()), ("unpooled", Unpooled()), ("hooked", hooked)]:
        save(torch.jit.script(network.eval()), f"refused/{name}.pt")

    handed, python = Handed().eval(), HandedInPython().eval()
    python.load_state_dict(handed.state_dict())
    expect("handed", python, images)
    save(torch.jit.script(handed), "handed/scripted.pt")


def raised(self, inputs: Tuple[Tensor], output: Tensor) -> Tensor:
    return output + 1


if __name__ == "__main__":
    main()
