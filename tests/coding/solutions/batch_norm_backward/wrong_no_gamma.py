# gamma is left out
# misconception: FORGOT_GAMMA
def batch_norm_backward(dy, x, gamma):
    n, c, h, w = x.shape
    m = n * h * w
    mu = x.mean((0, 2, 3))[:, None, None]
    inv = 1 / np.sqrt(((x - mu) ** 2).mean((0, 2, 3)) + {{ eps }})[:, None, None]
    xhat = (x - mu) * inv
    dbeta = dy.sum((0, 2, 3))
    dgamma = (dy * xhat).sum((0, 2, 3))
    dx = inv / m * (m * dy - dbeta[:, None, None] - xhat * dgamma[:, None, None])
    return dx, dgamma, dbeta
