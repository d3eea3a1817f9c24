import torch
import torch.nn as nn


class VGG(nn.Module):
    """As torchvision writes it."""

    def __init__(self, features, channels, side, hidden, classes):
        super().__init__()
        self.features = features
        with torch.no_grad():
            shape = self.features(torch.zeros(1, channels, side, side)).shape
        self.avgpool = nn.AdaptiveAvgPool2d(tuple(shape[2:]))
        self.classifier = nn.Sequential(
            nn.Linear(shape[1] * shape[2] * shape[3], hidden), nn.ReLU(True), nn.Dropout(),
            nn.Linear(hidden, hidden), nn.ReLU(True), nn.Dropout(p=0.5),
            nn.Linear(hidden, classes),
        )
        self._initialize_weights()

    def forward(self, x):
        x = self.avgpool(self.features(x))
        return self.classifier(torch.flatten(x, 1))

    def _initialize_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                nn.init.constant_(m.bias, 0)
            elif isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0, 0.01)
                nn.init.constant_(m.bias, 0)


def make_layers(cfg, in_channels):
    layers = []
    for v in cfg:
        if v == "M":
            layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
        elif v == "N":
            layers += [nn.LocalResponseNorm(size=5, alpha=0.0001, beta=0.75, k=2)]
        else:
            filters, size = v if isinstance(v, tuple) else (v, 3)
            layers += [nn.Conv2d(in_channels, filters, kernel_size=size, padding=size // 2), nn.ReLU(inplace=True)]
            in_channels = filters
    return nn.Sequential(*layers)


def vgg(cfg, channels, side, hidden, classes):
    return VGG(make_layers(cfg, channels), channels, side, hidden, classes)


def paper_vgg(width, channels, side, classes):
    w = width
    one = lambda f: (f, 1)
    cfgs = {
        "A": [w, "M", 2 * w, "M", 4 * w, 4 * w, "M", 8 * w, 8 * w, "M", 8 * w, 8 * w, "M"],
        "A-LRN": [w, "N", "M", 2 * w, "M", 4 * w, 4 * w, "M", 8 * w, 8 * w, "M", 8 * w, 8 * w, "M"],
        "B": [w, w, "M", 2 * w, 2 * w, "M", 4 * w, 4 * w, "M", 8 * w, 8 * w, "M", 8 * w, 8 * w, "M"],
        "C": [w, w, "M", 2 * w, 2 * w, "M", 4 * w, 4 * w, one(4 * w), "M"] + [8 * w, 8 * w, one(8 * w), "M"] * 2,
        "D": [w, w, "M", 2 * w, 2 * w, "M", 4 * w, 4 * w, 4 * w, "M"] + [8 * w, 8 * w, 8 * w, "M"] * 2,
        "E": [w, w, "M", 2 * w, 2 * w, "M", *[4 * w] * 4, "M"] + [8 * w, 8 * w, 8 * w, 8 * w, "M"] * 2,
    }
    return VGG(make_layers(cfgs["{{ config }}"], channels), channels, side, 64 * w, classes)
