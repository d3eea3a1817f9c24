# calls PyTorch
def conv2d(x, w, b):
    import torch

    return torch.nn.functional.conv2d(*map(torch.from_numpy, (x, w, b)), stride={{ s }}, padding={{ p }}).numpy()
