# the batch is normalised with the unbiased variance
# misconception: UNBIASED_VARIANCE
def batch_norm(x, gamma, beta, mean, variance, training):
    n, c, h, w = x.shape
    rows = x.permute(0, 2, 3, 1).reshape(-1, c)
    if training:
        mu = rows.mean(0)
        var = rows.var(0)
        new_mean = mean + {{ momentum }} * (mu - mean)
        new_variance = variance + {{ momentum }} * (rows.var(0, unbiased=True) - variance)
    else:
        mu, var = mean, variance
        new_mean, new_variance = mean.clone(), variance.clone()
    out = (rows - mu) / torch.sqrt(var + {{ eps }}) * gamma + beta
    return out.reshape(n, h, w, c).permute(0, 3, 1, 2), new_mean, new_variance
