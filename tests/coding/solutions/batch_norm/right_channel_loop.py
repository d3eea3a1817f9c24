def batch_norm(x, gamma, beta, mean, variance, training):
    y = torch.zeros_like(x)
    running_mean, running_variance = mean.clone(), variance.clone()
    for c in range(x.shape[1]):
        values = x[:, c]
        if training:
            m, v = values.mean(), values.var(unbiased=False)
            count = values.numel()
            running_mean[c] = (1 - {{ momentum }}) * mean[c] + {{ momentum }} * m
            running_variance[c] = (1 - {{ momentum }}) * variance[c] + {{ momentum }} * v * count / (count - 1)
        else:
            m, v = mean[c], variance[c]
        y[:, c] = gamma[c] * (values - m) / (v + {{ eps }}) ** 0.5 + beta[c]
    return y, running_mean, running_variance
