from numpy.lib.stride_tricks import sliding_window_view


def counts(x, size):
    if {{ counted }}:
        return size[0] * size[1]
    ones = np.pad(np.ones_like(x), ((0, 0), (0, 0), ({{ p[0] }},) * 2, ({{ p[1] }},) * 2))
    return sliding_window_view(ones, tuple(size), axis=(2, 3))[:, :, :: {{ s[0] }}, :: {{ s[1] }}].sum((-2, -1))


def avg_pool2d(x, size):
    padded = np.pad(x, ((0, 0), (0, 0), ({{ p[0] }},) * 2, ({{ p[1] }},) * 2))
    found = sliding_window_view(padded, tuple(size), axis=(2, 3))[:, :, :: {{ s[0] }}, :: {{ s[1] }}]
    return found.sum((-2, -1)) / counts(x, size)


def avg_pool2d_backward(dy, x, size):
    share = dy / counts(x, size)
    n, c, h, w = x.shape
    big = np.zeros((n, c, h + 2 * {{ p[0] }}, w + 2 * {{ p[1] }}), x.dtype)
    rows, columns = dy.shape[2:]
    for a in range(size[0]):
        for b in range(size[1]):
            big[:, :, a : a + rows * {{ s[0] }} : {{ s[0] }}, b : b + columns * {{ s[1] }} : {{ s[1] }}] += share
    return big[:, :, {{ p[0] }} : {{ p[0] }} + h, {{ p[1] }} : {{ p[1] }} + w]
