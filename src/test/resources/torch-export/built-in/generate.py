"""A network that Similitude has built in, as torch.export writes it: WideResNet-10-1 with the weights of ../../training/before.pth.

Run in this folder with torch 2.6: python3 generate.py. Writes wide_resnet.pt2 (a free batch), input.npy (images, 4 x 3 x 32 x 32), logits.npy (of the images as they are)
and normalised.npy (of (x - 0.5) / 0.25).
"""

import numpy
import torch

source = open("../../training/trades_shown.py").read().split("def adversaries")[0].split("SETTINGS =")
code = source[0] + source[1].split("\n", 1)[1]
definitions = {}
exec(compile(code, "trades_shown.py", "exec"), definitions)

torch.manual_seed(0)
torch.set_num_threads(1)
network = definitions["WideResNet"]().eval()
network.load_state_dict(torch.load("../../training/before.pth"))
x = torch.rand(4, 3, 32, 32)
batch = torch.export.Dim("batch", min=1, max=4096)
torch.export.save(torch.export.export(network, (x,), dynamic_shapes=({0: batch},)), "wide_resnet.pt2")
numpy.save("input.npy", x.numpy())
with torch.no_grad():
    numpy.save("logits.npy", network(x).numpy())
    numpy.save("normalised.npy", network((x - 0.5) / 0.25).numpy())
