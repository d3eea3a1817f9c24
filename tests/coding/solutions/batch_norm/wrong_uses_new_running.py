# normalises with the running statistics after the update
def batch_norm(x, gamma, beta, mean, variance, training):
    n, c, h, w = x.shape
    rows = x.permute(0, 2, 3, 1).reshape(-1, c)
    if training:
        mu = rows.mean(0)
        var = ((rows - mu) ** 2).mean(0)
        new_mean = mean + {{ momentum }} * (mu - mean)
        new_variance = variance + {{ momentum }} * (rows.var(0, unbiased=True) - variance)
    else:
        mu, var = mean, variance
        new_mean, new_variance = mean.clone(), variance.clone()
    out = (rows - new_mean) / torch.sqrt(new_variance + {{ eps }}) * gamma + beta
    return out.reshape(n, h, w, c).permute(0, 3, 1, 2), new_mean, new_variance
