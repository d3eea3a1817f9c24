# sizes found by sending an empty image through; dropout that is off in evaluation
from collections import OrderedDict

import torch


def encoder(latent, channels, side):
    net, x = torch.nn.Sequential(), torch.zeros(1, channels, side, side)
    for number, width in enumerate({{ widths }}):
        step = torch.nn.Conv2d(x.size(1), width, (3, 3), (2, 2) if "{{ down }}" == "stride" else (1, 1), (1, 1))
        net.add_module(f"conv{number}", step)
        net.add_module(f"relu{number}", torch.nn.ReLU())
        if "{{ down }}" == "pooling":
            net.add_module(f"pool{number}", torch.nn.MaxPool2d(2, 2))
        x = net(torch.zeros(1, channels, side, side))
    net.add_module("flat", torch.nn.Flatten(1))
    net.add_module("drop", torch.nn.Dropout(0.1))
    net.add_module("code", torch.nn.Linear(x.numel(), latent))
    return net


def decoder(latent, channels, side):
    widths = list({{ widths }})
    for _ in widths:
        side /= 2
    side = int(side)
    steps = OrderedDict(
        code=torch.nn.Linear(latent, widths[-1] * side * side),
        relu=torch.nn.ReLU(),
        map=torch.nn.Unflatten(dim=1, unflattened_size=(widths[-1], side, side)),
    )
    while widths:
        inputs = widths.pop()
        outputs = widths[-1] if widths else channels
        if "{{ up }}" == "transposed 2×2":
            steps[f"up{len(widths)}"] = torch.nn.ConvTranspose2d(inputs, outputs, 2, 2)
        elif "{{ up }}" == "transposed 4×4":
            steps[f"up{len(widths)}"] = torch.nn.ConvTranspose2d(inputs, outputs, 4, 2, 1)
        else:
            steps[f"up{len(widths)}"] = torch.nn.Upsample(scale_factor=(2, 2), mode="{{ up }}")
            steps[f"conv{len(widths)}"] = torch.nn.Conv2d(inputs, outputs, 3, 1, 1)
        steps[f"act{len(widths)}"] = torch.nn.ReLU() if widths else torch.nn.Sigmoid()
    return torch.nn.Sequential(steps)


class Autoencoder(torch.nn.Module):
    def __init__(self, *sizes):
        super().__init__()
        self.encode, self.decode = encoder(*sizes), decoder(*sizes)

    def forward(self, images):
        code = self.encode(images)
        return self.decode(code)


def autoencoder(latent, channels, side):
    return Autoencoder(latent, channels, side)
