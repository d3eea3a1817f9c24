# a sigmoid of straight lines
import torch
from torch import nn

WIDTHS, DOWN, UP = {{ widths }}, "{{ down }}", "{{ up }}"


def encoder(latent, channels, side):
    layers = []
    for filters in WIDTHS:
        layers.append(nn.Conv2d(channels, filters, 3, stride=2 if DOWN == "stride" else 1, padding=1))
        layers.append(nn.ReLU())
        if DOWN == "pooling":
            layers.append(nn.MaxPool2d(2))
        channels = filters
        side = side // 2
    layers.append(nn.Flatten())
    layers.append(nn.Linear(channels * side * side, latent))
    return nn.Sequential(*layers)


def decoder(latent, channels, side):
    small = side // 2 ** len(WIDTHS)
    before = WIDTHS[-1]
    layers = [nn.Linear(latent, before * small * small)]
    layers.append(nn.ReLU())
    layers.append(nn.Unflatten(1, (before, small, small)))
    for filters in [*reversed(WIDTHS[:-1]), channels]:
        if UP == "transposed 2×2":
            layers.append(nn.ConvTranspose2d(before, filters, 2, stride=2))
        elif UP == "transposed 4×4":
            layers.append(nn.ConvTranspose2d(before, filters, 4, stride=2, padding=1))
        else:
            layers.append(nn.Upsample(scale_factor=2, mode=UP))
            layers.append(nn.Conv2d(before, filters, 3, padding=1))
        layers.append(nn.ReLU())
        before = filters
    layers = layers[:-1]
    layers.append(nn.Hardsigmoid())
    return nn.Sequential(*layers)


def autoencoder(latent, channels, side):
    return nn.Sequential(encoder(latent, channels, side), decoder(latent, channels, side))
