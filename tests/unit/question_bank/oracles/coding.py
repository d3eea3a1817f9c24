import torch.nn.functional as F

from oracles.kit import oracle


@oracle("coding/implement_conv2d")
def implement_conv2d(v):
    def conv2d(x, w, b):
        patches = F.unfold(x, w.shape[2:], padding=v.p, stride=v.s)
        sides = ((n + 2 * v.p - k) // v.s + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
        return (w.flatten(1) @ patches + b[:, None]).unflatten(-1, tuple(sides))

    return {"conv2d": conv2d}
