# calls PyTorch's own
import torch.nn.functional as F


def conv2d(x, w, b):
    return F.conv2d(x, w, b, {{ s }}, {{ p }})
