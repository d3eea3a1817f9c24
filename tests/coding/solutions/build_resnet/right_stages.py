# a stage is a function; the shortcut is a plain function where it has no weights
import torch


class Sum(torch.nn.Module):
    def __init__(self, path, shortcut):
        super().__init__()
        self.path = path
        self.shortcut = shortcut

    def forward(self, x):
        return torch.nn.functional.relu(torch.add(self.path(x), self.shortcut(x)))


def norm_conv(a, b, k, s, relu):
    layers = [torch.nn.Conv2d(a, b, (k, k), (s, s), (k // 2, k // 2), bias=False)]
    layers.append(torch.nn.BatchNorm2d(b, momentum=0.01))
    return layers + [torch.nn.ReLU()] * relu


def block(inputs, width, stride):
    outputs = width * {{ expansion }}
    first, second = (stride, 1) if {{ strided }} == 0 else (1, stride)
    if {{ expansion }} == 1:
        layers = norm_conv(inputs, width, 3, stride, True) + norm_conv(width, width, 3, 1, False)
    else:
        layers = norm_conv(inputs, width, 1, first, True) + norm_conv(width, width, 3, second, True)
        layers += norm_conv(width, outputs, 1, 1, False)
    path = torch.nn.Sequential(*layers)
    if "{{ shortcut }}" == "projection" and not (stride == 1 and inputs == outputs):
        return Sum(path, torch.nn.Sequential(*norm_conv(inputs, outputs, 1, stride, False)))

    def shortcut(x):
        seen = x[..., ::stride, ::stride]
        full = torch.zeros((seen.shape[0], outputs) + tuple(seen.shape[2:]))
        full[:, 0:inputs, :, :] = seen
        return full

    return Sum(path, shortcut)


def stage(n, inputs, width, stride):
    blocks = [block(inputs, width, stride)]
    blocks += [block(width * {{ expansion }}, width, 1) for _ in range(n - 1)]
    return torch.nn.Sequential(*blocks)


def resnet(n, width, channels, classes):
    e = {{ expansion }}
    return torch.nn.Sequential(
        *norm_conv(channels, width, 3, 1, True),
        stage(n, width, width, 1),
        stage(n, width * e, width * 2, 2),
        stage(n, width * 2 * e, width * 4, 2),
        torch.nn.AdaptiveAvgPool2d(output_size=1),
        torch.nn.Flatten(),
        torch.nn.Linear(width * 4 * e, classes),
    )
