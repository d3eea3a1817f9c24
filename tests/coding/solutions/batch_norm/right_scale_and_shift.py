def batch_norm(x, gamma, beta, mean, variance, training):
    """Folds all into one factor and one summand per channel, as for inference."""
    if training:
        wide = x.transpose(0, 1).flatten(1).double()
        used_mean, used_variance = wide.mean(1), wide.var(1, correction=0)
        count = wide.shape[1]
        mean = torch.lerp(mean, used_mean.to(mean.dtype), {{ momentum }})
        variance = torch.lerp(variance, (used_variance * count / (count - 1)).to(variance.dtype), {{ momentum }})
    else:
        used_mean, used_variance = mean, variance
    factor = gamma * torch.rsqrt(used_variance + {{ eps }})
    shift = beta - used_mean * factor
    return torch.einsum("nchw,c->nchw", x.to(factor.dtype), factor) + shift.view(1, -1, 1, 1), mean, variance
