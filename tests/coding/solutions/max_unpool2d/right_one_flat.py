def max_unpool2d(y, indices, size):
    plane = int(np.prod(size))
    offsets = np.arange(y.shape[0] * y.shape[1]).reshape(y.shape[0], y.shape[1], 1, 1) * plane
    out = np.zeros(y.shape[0] * y.shape[1] * plane)
    out[(indices + offsets).ravel()] = y.ravel()
    return out.reshape(*y.shape[:2], *size).astype(y.dtype)
