# the variance is taken for a constant
# misconception: CONSTANT_VARIANCE
def batch_norm_backward(dy, x, gamma):
    n, c, h, w = x.shape
    m = n * h * w
    mu = x.mean((0, 2, 3))[:, None, None]
    inv = 1 / np.sqrt(((x - mu) ** 2).mean((0, 2, 3)) + {{ eps }})[:, None, None]
    xhat = (x - mu) * inv
    dbeta = dy.sum((0, 2, 3))
    dgamma = (dy * xhat).sum((0, 2, 3))
    dx = gamma[:, None, None] * inv / m * (m * dy - dbeta[:, None, None])
    return dx, dgamma, dbeta
