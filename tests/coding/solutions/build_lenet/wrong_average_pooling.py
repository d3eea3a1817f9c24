# average pooling instead of max pooling
# misconception: AVERAGE_POOLING
import torch


def lenet(classes):
    side = ({{ side }} // 2 - 4) // 2
    return torch.nn.Sequential(
        torch.nn.Conv2d({{ channels }}, 6, 5, padding=2),
        torch.nn.ReLU(),
        torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(6, 16, 5),
        torch.nn.ReLU(),
        torch.nn.AvgPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(16 * side * side, 120),
        torch.nn.ReLU(),
        torch.nn.Linear(120, 84),
        torch.nn.ReLU(),
        torch.nn.Linear(84, classes),
    )
