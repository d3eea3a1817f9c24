# only the second of the two bugs is mended
def batch_norm(x, gamma, beta, mean, variance):
    momentum, eps = {{ momentum }}, {{ eps }}
    axes = {{ "(0,)" if "axes" in bugs[:1] else "(0, 2, 3)" }}
    centred = x - x.mean(dim=axes, keepdim=True)
    spread = x.var(dim=axes, correction={{ 1 if "correction" in bugs[:1] else 0 }}, keepdim=True)
    z = centred / {{ "(torch.sqrt(spread) + eps)" if "eps" in bugs[:1] else "torch.sqrt(spread + eps)" }}
    scale, shift = gamma[:, None, None], beta[:, None, None]
    y = {{ "(z + shift) * scale" if "shift" in bugs[:1] else "z * scale + shift" }}

    values = x.transpose(0, 1).flatten(1)
    old, new = {{ "momentum, 1 - momentum" if "momentum" in bugs[:1] else "1 - momentum, momentum" }}
    mean = old * mean + new * values.mean(dim=1)
    variance = old * variance + new * values.var(dim=1, correction={{ 0 if "running" in bugs[:1] else 1 }})
    return y, mean, variance
