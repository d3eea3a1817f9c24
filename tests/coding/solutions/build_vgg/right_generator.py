# one generator of layers for both; dropout, and a Flatten of its own
import itertools

from torch import nn


class Flat(nn.Module):
    def forward(self, x):
        return x.view(x.size(0), -1)


def features(entries, channels):
    for entry in entries:
        match entry:
            case "M":
                yield nn.MaxPool2d(kernel_size=2)
            case ("lrn",):
                yield nn.LocalResponseNorm(5, k=2.0)
            case int(filters) | (int(filters),):
                yield nn.Conv2d(channels, filters, 3, padding=(1, 1))
                yield nn.Threshold(0.0, 0.0)
                channels = filters
            case (int(filters), "small"):
                yield nn.Conv2d(channels, filters, 1)
                yield nn.ReLU()
                channels = filters


def build(entries, channels, side, hidden, classes):
    last = [e if isinstance(e, int) else e[0] for e in entries if e != "M" and e != ("lrn",)][-1]
    side >>= entries.count("M")
    return nn.Sequential(
        *features(entries, channels),
        Flat(),
        nn.Linear(last * side * side, hidden), nn.ReLU(), nn.Dropout(0.2),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(0.2),
        nn.Linear(hidden, classes),
    )


vgg = build


def paper_vgg(width, channels, side, classes):
    f = [width, 2 * width, 4 * width, 8 * width, 8 * width]
    blocks = {
        "A": [[f[0]], [f[1]], [f[2]] * 2, [f[3]] * 2, [f[4]] * 2],
        "B": [[f[0]] * 2, [f[1]] * 2, [f[2]] * 2, [f[3]] * 2, [f[4]] * 2],
        "D": [[f[0]] * 2, [f[1]] * 2, [f[2]] * 3, [f[3]] * 3, [f[4]] * 3],
        "E": [[f[0]] * 2, [f[1]] * 2, [f[2]] * 4, [f[3]] * 4, [f[4]] * 4],
    }
    blocks["A-LRN"] = [[f[0], ("lrn",)], *blocks["A"][1:]]
    blocks["C"] = [*blocks["D"][:2], *([x, x, (x, "small")] for x in f[2:])]
    entries = list(itertools.chain.from_iterable([*block, "M"] for block in blocks["{{ config }}"]))
    return build(entries, channels, side, 64 * width, classes)
