"""The network of before.pth as TorchScript files, exported in evaluation mode: scripted.pt and traced.pt.

Run in this folder with torch 1.13 (python3-torch of Debian 12): python3 torchscript.py
"""

import tempfile

import torch

source = open("trades_shown.py").read().split("def adversaries")[0].split("SETTINGS =")
with tempfile.NamedTemporaryFile("w", suffix=".py") as text:
    text.write(source[0] + source[1].split("\n", 1)[1])
    text.flush()  # torch.jit.script reads the source again
    definitions = {}
    exec(compile(open(text.name).read(), text.name, "exec"), definitions)
    torch.manual_seed(0)
    network = definitions["WideResNet"]().eval()
    network.load_state_dict(torch.load("before.pth"))
    torch.jit.script(network).save("scripted.pt")
    torch.jit.trace(network, torch.rand(4, 3, 32, 32)).save("traced.pt")


class Small(torch.nn.Module):
    """Batch norm, dropout and others that are something else in training."""

    def __init__(self, share=0.0, momentum=0.1, slopes=False, attention=False):
        super().__init__()
        self.steps = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4, momentum=momentum), torch.nn.ReLU(inplace=True))
        self.drop = torch.nn.Dropout(0.0 if attention else share)
        self.attention = Attention(share) if attention else torch.nn.Identity()
        self.slopes = torch.nn.RReLU() if slopes else torch.nn.ReLU()
        self.fc = torch.nn.Linear(4, 5)

    def forward(self, x):
        x = self.attention(self.steps(x).flatten(2).transpose(1, 2))
        return self.fc(self.drop(self.slopes(x).mean(1)))


class Attention(torch.nn.Module):
    def __init__(self, share):
        super().__init__()
        self.net = torch.nn.MultiheadAttention(4, 2, dropout=share, batch_first=True)

    def forward(self, x):
        return self.net(x, x, x, need_weights=False)[0]


class Parallel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.module = Small(momentum=None)

    def forward(self, x):
        return self.module(x)


def small():
    """Small ones for images of 3 x 8 x 8: small-<what they have>.pt."""
    x = torch.rand(2, 3, 8, 8)

    def traced(name, network):
        torch.jit.trace(network.eval(), x, check_trace=False).save(f"small-traced-{name}.pt")

    torch.jit.script(Parallel().eval()).save("small-parallel.pt")
    torch.jit.script(Small(share=0.5).eval()).save("small-scripted-dropout.pt")
    torch.jit.script(Small(share=0.5, attention=True).eval()).save("small-scripted-attention.pt")
    torch.jit.script(Small(slopes=True).eval()).save("small-scripted-slopes.pt")
    torch.jit.freeze(torch.jit.script(Small().eval())).save("small-frozen.pt")
    traced("dropout", Small(share=0.5))
    traced("cumulative", Small(momentum=None))


small()
