import torch
import torch.nn as nn
import torch.nn.functional as F


class Encoder(nn.Module):
    def __init__(self, latent, channels, side):
        super().__init__()
        widths = [channels] + list({{ widths }})
        stride = {"stride": 2, "pooling": 1}["{{ down }}"]
        self.convs = nn.ModuleList(
            [nn.Conv2d(widths[i], widths[i + 1], kernel_size=3, stride=stride, padding=1) for i in range(len(widths) - 1)]
        )
        side = side // 2 ** len(self.convs)
        self.fc = nn.Linear(widths[-1] * side**2, latent)

    def forward(self, x):
        for conv in self.convs:
            x = F.relu(conv(x))
            if "{{ down }}" == "pooling":
                x = F.max_pool2d(x, 2)
        return self.fc(x.reshape(x.shape[0], -1))


class Decoder(nn.Module):
    def __init__(self, latent, channels, side):
        super().__init__()
        widths = list({{ widths }})[::-1] + [channels]
        self.channels, self.side = widths[0], side // 2 ** (len(widths) - 1)
        self.fc = nn.Linear(latent, self.channels * self.side**2)
        make = {
            "transposed 2×2": lambda a, b: nn.ConvTranspose2d(a, b, kernel_size=2, stride=2),
            "transposed 4×4": lambda a, b: nn.ConvTranspose2d(a, b, kernel_size=4, stride=2, padding=1),
        }.get("{{ up }}", lambda a, b: nn.Conv2d(a, b, kernel_size=3, padding="same"))
        self.stages = nn.ModuleList([make(a, b) for a, b in zip(widths, widths[1:])])

    def forward(self, z):
        x = F.relu(self.fc(z)).view(-1, self.channels, self.side, self.side)
        for i, stage in enumerate(self.stages):
            if "transposed" not in "{{ up }}":
                x = F.interpolate(x, scale_factor=2, mode="{{ up }}")
            x = stage(x)
            x = torch.sigmoid(x) if i == len(self.stages) - 1 else F.relu(x)
        return x


class Autoencoder(nn.Module):
    def __init__(self, latent, channels, side):
        super().__init__()
        self.encoder = Encoder(latent, channels, side)
        self.decoder = Decoder(latent, channels, side)

    def forward(self, x):
        return self.decoder(self.encoder(x))


encoder, decoder, autoencoder = Encoder, Decoder, Autoencoder
