import torch.nn.functional as F
from torch import nn


class Lenet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        side = ({{ side }} // 2 - 4) // 2
        self.conv1 = nn.Conv2d({{ channels }}, 6, kernel_size=5, padding="same")
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.fc1 = nn.Linear(side * side * 16, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), (2, 2))
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


def lenet(classes):
    return Lenet(classes)
