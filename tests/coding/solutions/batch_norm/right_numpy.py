def batch_norm(x, gamma, beta, mean, variance, training):
    a = x.numpy().astype(np.float64)
    gamma, beta, mean, variance = (t.numpy().astype(np.float64) for t in (gamma, beta, mean, variance))
    if training:
        mu = np.mean(a, axis=(0, 2, 3))
        var = np.var(a, axis=(0, 2, 3))
        mean = (1 - {{ momentum }}) * mean + {{ momentum }} * mu
        variance = (1 - {{ momentum }}) * variance + {{ momentum }} * np.var(a, axis=(0, 2, 3), ddof=1)
    else:
        mu, var = mean, variance
    shape = (1, -1, 1, 1)
    y = gamma.reshape(shape) * (a - mu.reshape(shape)) / np.sqrt(var + {{ eps }}).reshape(shape) + beta.reshape(shape)
    return torch.from_numpy(y).to(x.dtype), mean, variance
