def batch_norm(x, gamma, beta, mean, variance):
    """One factor and one summand for each channel; the running statistics are changed on copies."""
    wide = x.double()
    mu = wide.mean((0, 2, 3))
    squares = (wide - mu.view(1, -1, 1, 1)).square().mean((0, 2, 3))
    factor = gamma / (squares + {{ eps }}).sqrt()
    summand = beta - mu * factor
    running_mean, running_variance = mean.clone(), variance.clone()
    m = x[:, 0].numel()
    running_mean.mul_(1 - {{ momentum }}).add_({{ momentum }} * mu)
    running_variance.mul_(1 - {{ momentum }}).add_({{ momentum }} * squares * (m / (m - 1)))
    return (wide * factor.view(-1, 1, 1) + summand.view(-1, 1, 1)).to(x.dtype), running_mean, running_variance
