from torch import nn


def lenet(classes):
    layers, channels, side = [], {{ channels }}, {{ side }}
    for filters, padding in [(6, 2), (16, 0)]:
        layers += [nn.Conv2d(channels, filters, 5, 1, padding), nn.ReLU(), nn.MaxPool2d(2)]
        channels, side = filters, (side + 2 * padding - 4) // 2
    layers.append(nn.Flatten(start_dim=1))
    sizes = [channels * side**2, 120, 84, classes]
    for inputs, outputs in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
