import torch
import torch.nn as nn


class AlexNet(nn.Module):
    def __init__(self, divisor: int, channels: int, side: int, num_classes: int = 1000, dropout: float = 0.5) -> None:
        super().__init__()
        d = divisor
        banks = {{ banks }}
        widths = {1: (64, 192, 384, 256, 256), 2: (96, 256, 384, 384, 256)}[banks]
        a, b, c, e, g = (w // d for w in widths)
        norm = (lambda: nn.LocalResponseNorm(size=5, alpha=1e-4, beta=0.75, k=2)) if {{ normalised }} else nn.Identity
        self.features = nn.Sequential(
            nn.Conv2d(channels, a, kernel_size=11, stride=4, padding={{ padding }}),
            nn.ReLU(inplace=True),
            norm(),
            nn.MaxPool2d(kernel_size=3, stride=2),
            nn.Conv2d(a, b, kernel_size=5, padding=2, groups=banks),
            nn.ReLU(inplace=True),
            norm(),
            nn.MaxPool2d(kernel_size=3, stride=2),
            nn.Conv2d(b, c, kernel_size=3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(c, e, kernel_size=3, padding=1, groups=banks),
            nn.ReLU(inplace=True),
            nn.Conv2d(e, g, kernel_size=3, padding=1, groups=banks),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(kernel_size=3, stride=2),
        )
        self.avgpool = nn.AdaptiveAvgPool2d((6, 6)) if {{ grid }} else nn.Identity()
        last = 6
        if not {{ grid }}:
            last = (side + 2 * {{ padding }} - 11) // 4 + 1
            for _ in range(3):
                last = (last - 3) // 2 + 1
        self.classifier = nn.Sequential(
            nn.Dropout(p=dropout),
            nn.Linear(g * last * last, 4096 // d),
            nn.ReLU(inplace=True),
            nn.Dropout(p=dropout),
            nn.Linear(4096 // d, 4096 // d),
            nn.ReLU(inplace=True),
            nn.Linear(4096 // d, num_classes),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.features(x)
        x = self.avgpool(x)
        x = torch.flatten(x, 1)
        return self.classifier(x)


def alexnet(divisor, channels, side, classes):
    return AlexNet(divisor, channels, side, classes)
