# the running statistics normalise
def batch_norm(x, gamma, beta, mean, variance):
    momentum, eps = {{ momentum }}, {{ eps }}
    axes = (0, 2, 3)
    centred = x - mean[:, None, None]
    spread = variance[:, None, None]
    z = centred / torch.sqrt(spread + eps)
    scale, shift = gamma[:, None, None], beta[:, None, None]
    y = z * scale + shift

    values = x.transpose(0, 1).flatten(1)
    old, new = 1 - momentum, momentum
    mean = old * mean + new * values.mean(dim=1)
    variance = old * variance + new * values.var(dim=1, correction=1)
    return y, mean, variance
