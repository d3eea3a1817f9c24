# uses the kernel of torch
def batch_norm(x, gamma, beta, mean, variance, training):
    mean, variance = mean.clone(), variance.clone()
    y = torch.batch_norm(x, gamma, beta, mean, variance, training, {{ momentum }}, {{ eps }}, False)
    return y, mean, variance
