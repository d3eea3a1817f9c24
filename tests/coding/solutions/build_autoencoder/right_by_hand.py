# transposed convolutions by adding up, upsampling by indexing
import torch
from torch import nn


class Transposed(nn.Module):
    def __init__(self, c, f, k, padding):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(c, f, k, k) * 0.1)
        self.bias = nn.Parameter(torch.zeros(f))
        self.k, self.p = k, padding

    def forward(self, x):
        n, _, h, w = x.shape
        y = x.new_zeros(n, self.weight.shape[1], 2 * (h - 1) + self.k, 2 * (w - 1) + self.k)
        for u in range(self.k):
            for v in range(self.k):
                y[:, :, u : u + 2 * h - 1 : 2, v : v + 2 * w - 1 : 2] += torch.einsum("nchw,cf->nfhw", x, self.weight[:, :, u, v])
        y = y[:, :, self.p : y.shape[2] - self.p, self.p : y.shape[3] - self.p]
        return y + self.bias.view(-1, 1, 1)


class Nearest(nn.Module):
    def forward(self, x):
        return x.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)


class Bilinear(nn.Module):
    def forward(self, x):
        for dim in (2, 3):
            size = x.shape[dim]
            before = x.index_select(dim, torch.arange(-1, size - 1).clamp(min=0))
            behind = x.index_select(dim, torch.arange(1, size + 1).clamp(max=size - 1))
            x = torch.stack([0.75 * x + 0.25 * before, 0.75 * x + 0.25 * behind], dim=dim + 1).flatten(dim, dim + 1)
        return x


class Map(nn.Module):
    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(len(x), *self.shape)


WIDTHS = list({{ widths }})


def encoder(latent, channels, side):
    def stage(c, f):
        if "{{ down }}" == "stride":
            return nn.Sequential(nn.ZeroPad2d(1), nn.Conv2d(c, f, 3, 2), nn.ReLU(inplace=True))
        return nn.Sequential(nn.Conv2d(c, f, 3, padding=1), nn.MaxPool2d(2), nn.ReLU())  # in either order

    stages = [stage(c, f) for c, f in zip([channels, *WIDTHS], WIDTHS)]
    return nn.Sequential(*stages, nn.Flatten(), nn.Linear(WIDTHS[-1] * (side >> len(WIDTHS)) ** 2, latent))


def decoder(latent, channels, side):
    side >>= len(WIDTHS)

    def stage(c, f):
        match "{{ up }}":
            case "transposed 2×2":
                return nn.Sequential(Transposed(c, f, 2, 0))
            case "transposed 4×4":
                return nn.Sequential(Transposed(c, f, 4, 1))
            case "nearest":
                return nn.Sequential(Nearest(), nn.Conv2d(c, f, 3, padding=1))
            case "bilinear":
                return nn.Sequential(Bilinear(), nn.Conv2d(c, f, 3, padding=1))

    net = nn.Sequential(nn.Linear(latent, WIDTHS[-1] * side**2), nn.ReLU(), Map(WIDTHS[-1], side, side))
    for c, f in zip(WIDTHS[::-1], WIDTHS[-2::-1]):
        net.append(nn.Sequential(stage(c, f), nn.ReLU()))
    net.append(stage(WIDTHS[0], channels))
    net.append(nn.Sigmoid())
    return net


def autoencoder(latent, channels, side):
    return nn.Sequential(*encoder(latent, channels, side), *decoder(latent, channels, side))
