def max_pool2d(x):
    """No padding at all: windows end where the image does."""
    (kh, kw), s, p = {{ k }}, {{ s }}, {{ p }}
    height, width = x.shape[2:]
    tops = range(-p, height + p - kh + 1, s)
    lefts = range(-p, width + p - kw + 1, s)
    y = np.empty((*x.shape[:2], len(tops), len(lefts)), dtype=x.dtype)
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            y[:, :, i, j] = x[:, :, max(top, 0) : top + kh, max(left, 0) : left + kw].max(axis=(2, 3))
    return y
