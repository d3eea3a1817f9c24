def along(x, k):
    """The maximum of k neighbours along the last axis, every s-th of them."""
    x = np.concatenate([np.full((*x.shape[:-1], {{ p }}), -np.inf), x, np.full((*x.shape[:-1], {{ p }}), -np.inf)], axis=-1)
    starts = np.arange(0, x.shape[-1] - k + 1, {{ s }})
    return x[..., starts[:, None] + np.arange(k)].max(-1)


def max_pool2d(x):
    kh, kw = {{ k }}
    return along(along(x, kw).swapaxes(2, 3), kh).swapaxes(2, 3).astype(x.dtype)
