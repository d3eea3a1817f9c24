def batch_norm(x, gamma, beta, mean, variance):
    maps, means, variances = torch.empty_like(x), [], []
    for c in range(x.shape[1]):
        plane = x[:, c]
        m = plane.numel()
        mu = plane.sum() / m
        squares = ((plane - mu) ** 2).sum()
        maps[:, c] = gamma[c] * (plane - mu) * (squares / m + {{ eps }}) ** -0.5 + beta[c]
        means.append((1 - {{ momentum }}) * mean[c] + {{ momentum }} * mu)
        variances.append((1 - {{ momentum }}) * variance[c] + {{ momentum }} * squares / (m - 1))
    return maps, torch.stack(means), torch.stack(variances)
