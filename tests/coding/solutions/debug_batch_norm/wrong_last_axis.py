# scale and shift go along the columns
def batch_norm(x, gamma, beta, mean, variance):
    momentum, eps = {{ momentum }}, {{ eps }}
    axes = (0, 2, 3)
    centred = x - x.mean(dim=axes, keepdim=True)
    spread = x.var(dim=axes, correction=0, keepdim=True)
    z = centred / torch.sqrt(spread + eps)
    scale, shift = gamma, beta
    y = z * scale + shift

    values = x.transpose(0, 1).flatten(1)
    old, new = 1 - momentum, momentum
    mean = old * mean + new * values.mean(dim=1)
    variance = old * variance + new * values.var(dim=1, correction=1)
    return y, mean, variance
