"""Exports a network for Similitude with torch.export: any number of images, checked against eager mode.

usage: python3 export_network.py MODEL FOLDER [--image 3x224x224] [--weights FILE] [--call NAME] [--output KEY]

MODEL is module:name, with arguments in brackets if it takes any, for example
    torchvision.models:resnet50
    "torchvision.models:resnet50(num_classes=10)"
    "timm:create_model('convnext_tiny', num_classes=10)"
    my_project.networks:Net

Writes FOLDER/template.pt2, the network with its weights, and FOLDER/weights.pth, the weights alone. One template serves all
checkpoints of the same network: name it in networks:, and each checkpoint's own file under weights:.

--weights  a state_dict to be loaded first: of torch.save, alone or under state_dict or model
--output   what to take of an object or a dictionary that the network returns: logits for Hugging Face
--call     the name of the argument that takes the images: pixel_values for Hugging Face

PyTorch 2.6 or newer. The script runs MODEL, so give it only code that you trust.
"""
import argparse
import ast
import importlib
import pathlib
import sys

import torch

BATCHES = (1, 2, 5)
# Of the largest logit: another number of images may be added up in another order.
TOLERANCE = 1e-4


class Logits(torch.nn.Module):
    """A network that takes its images by name, or returns its logits inside of something."""

    def __init__(self, network, call, output):
        super().__init__()
        self.network = network
        self.call = call
        self.output = output

    def forward(self, images):
        made = self.network(**{self.call: images}) if self.call else self.network(images)
        if not self.output:
            return made
        return made[self.output] if isinstance(made, dict) else getattr(made, self.output)


def literal(node):
    return ast.literal_eval(node)


def build(text):
    """module:name, or module:name(literal, key=literal)."""
    module, _, expression = text.partition(":")
    if not expression:
        sys.exit(f"Cannot read MODEL {text}: it must be module:name")
    sys.path.insert(0, "")
    tree = ast.parse(expression, mode="eval").body
    args, kwargs = [], {}
    if isinstance(tree, ast.Call):
        args = [literal(argument) for argument in tree.args]
        kwargs = {keyword.arg: literal(keyword.value) for keyword in tree.keywords}
        tree = tree.func
    made = importlib.import_module(module)
    for part in ast.unparse(tree).split("."):
        made = getattr(made, part)
    return made if isinstance(made, torch.nn.Module) else made(*args, **kwargs)


def load(network, file):
    saved = torch.load(file, map_location="cpu", weights_only=True)
    for key in ("state_dict", "model"):
        if isinstance(saved, dict) and isinstance(saved.get(key), dict):
            saved = saved[key]
    network.load_state_dict({name.removeprefix("module."): value for name, value in saved.items()})


def export(network, images):
    batch = torch.export.Dim("batch", min=1, max=4096)
    return torch.export.export(network, (images,), dynamic_shapes=({0: batch},))


def check(network, exported, shape):
    """The exported network must give what eager mode gives, for several numbers of images."""
    module = exported.module()
    worst = 0.0
    for count in BATCHES:
        images = torch.rand(count, *shape)
        with torch.no_grad():
            eager, graph = network(images), module(images)
        if not isinstance(eager, torch.Tensor) or eager.dim() != 2 or eager.shape[0] != count:
            sys.exit("Cannot export: the network does not return one tensor of images x classes (see --output)")
        worst = max(worst, ((eager - graph).abs().max() / eager.abs().max().clamp_min(1e-12)).item())
    if not worst <= TOLERANCE:
        sys.exit(f"Cannot export: the exported network differs from eager mode by {worst:.1e} of the largest logit")
    return worst


def main():
    parser = argparse.ArgumentParser(description="Exports a network for Similitude.")
    parser.add_argument("model")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--image", default="3x224x224")
    parser.add_argument("--weights")
    parser.add_argument("--call", default="")
    parser.add_argument("--output", default="")
    arguments = parser.parse_args()
    if tuple(int(part) for part in torch.__version__.split(".")[:2]) < (2, 6):
        sys.exit(f"Cannot export: PyTorch {torch.__version__} is too old (2.6 or newer)")
    torch.manual_seed(0)
    network = build(arguments.model)
    if arguments.weights:
        load(network, arguments.weights)
    weights = network.state_dict()
    if arguments.call or arguments.output:
        network = Logits(network, arguments.call, arguments.output)
        # The layers have the names of the network itself with network. before them.
        weights = network.state_dict()
    network.eval()
    shape = [int(size) for size in arguments.image.split("x")]
    exported = export(network, torch.rand(2, *shape))
    difference = check(network, exported, shape)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    torch.export.save(exported, arguments.folder / "template.pt2")
    torch.save(weights, arguments.folder / "weights.pth")
    print(f"{arguments.folder}/template.pt2: {len(weights)} weights, at most {difference:.1e} from eager mode")


if __name__ == "__main__":
    main()
