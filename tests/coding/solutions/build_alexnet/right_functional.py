import torch
import torch.nn.functional as F


class Alex(torch.nn.Module):
    def __init__(self, divisor, channels, side, classes):
        super().__init__()
        banks = {{ banks }}
        w = [channels] + [x // divisor for x in ([64, 192, 384, 256, 256], [96, 256, 384, 384, 256])[banks - 1]]
        for i, (k, s, p, g) in enumerate([(11, 4, {{ padding }}, 1), (5, 1, 2, banks), (3, 1, 1, 1), (3, 1, 1, banks), (3, 1, 1, banks)]):
            self.add_module("conv%d" % (i + 1), torch.nn.Conv2d(w[i], w[i + 1], k, s, p, groups=g))
        n = self.maps(torch.empty(2, channels, side, side)).flatten(1).size(1)
        self.fc1 = torch.nn.Linear(n, 4096 // divisor)
        self.fc2 = torch.nn.Linear(4096 // divisor, 4096 // divisor)
        self.fc3 = torch.nn.Linear(4096 // divisor, classes)

    def maps(self, x):
        x = self.conv1(x).relu()
        if {{ normalised }}:
            x = F.local_response_norm(x, 5, 1e-4, 0.75, 2.0)
        x = F.max_pool2d(x, 3, 2)
        x = self.conv2(x).relu()
        if {{ normalised }}:
            x = F.local_response_norm(x, 5, 1e-4, 0.75, 2.0)
        x = F.max_pool2d(x, 3, 2)
        for conv in (self.conv3, self.conv4, self.conv5):
            x = F.relu(conv(x))
        x = F.max_pool2d(x, kernel_size=(3, 3), stride=(2, 2))
        return F.adaptive_avg_pool2d(x, {{ grid }}) if {{ grid }} else x

    def forward(self, x):
        x = F.dropout(self.maps(x).flatten(start_dim=1), training=self.training)
        x = F.dropout(F.relu(self.fc1(x)), training=self.training)
        return self.fc3(F.relu(self.fc2(x)))


alexnet = Alex
