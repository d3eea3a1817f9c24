def batch_norm_backward(dy, x, gamma):
    """With the whole Jacobian of each channel: 1/s (I - 11'/m - zz'/m)."""
    n, c, h, w = x.shape
    m = n * h * w
    dx = np.empty_like(x)
    dgamma, dbeta = np.empty(c), np.empty(c)
    for k in range(c):
        v, d = x[:, k].ravel(), dy[:, k].ravel()
        s = np.sqrt(v.var() + {{ eps }})
        z = (v - v.mean()) / s
        jacobian = (np.eye(m) - 1 / m - np.outer(z, z) / m) * gamma[k] / s
        dx[:, k] = (jacobian.T @ d).reshape(n, h, w)
        dgamma[k], dbeta[k] = z @ d, d.sum()
    return dx, dgamma, dbeta
