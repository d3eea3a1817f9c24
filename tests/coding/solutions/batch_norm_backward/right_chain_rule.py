def batch_norm_backward(dy, x, gamma):
    """Step by step through the graph: x -> mean, difference, variance, root, quotient."""
    n, c, h, w = x.shape
    m = n * h * w
    flat = lambda a: a.transpose(1, 0, 2, 3).reshape(c, m)
    x, dy = flat(x), flat(dy)
    mu = x.sum(1, keepdims=True) / m
    difference = x - mu
    variance = (difference ** 2).sum(1, keepdims=True) / m
    root = np.sqrt(variance + {{ eps }})
    xhat = difference / root
    dgamma, dbeta = (dy * xhat).sum(1), dy.sum(1)
    dxhat = dy * gamma[:, None]
    droot = -(dxhat * difference).sum(1, keepdims=True) / root ** 2
    dvariance = droot / (2 * root)
    ddifference = dxhat / root + 2 * difference * dvariance / m
    dmu = -ddifference.sum(1, keepdims=True)
    dx = ddifference + dmu / m
    return dx.reshape(c, n, h, w).transpose(1, 0, 2, 3), dgamma, dbeta
