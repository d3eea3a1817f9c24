def integral(a):
    """Sums of all entries above and to the left."""
    return np.pad(a.astype(np.float64).cumsum(-2).cumsum(-1), [(0, 0)] * (a.ndim - 2) + [(1, 0), (1, 0)])


def geometry(x, size):
    (kh, kw), (sh, sw), (ph, pw) = size, {{ s }}, {{ p }}
    h, w = x.shape[-2:]
    top = np.arange((h + 2 * ph - kh) // sh + 1) * sh - ph
    left = np.arange((w + 2 * pw - kw) // sw + 1) * sw - pw
    rows = top.clip(0), (top + kh).clip(max=h)
    columns = left.clip(0), (left + kw).clip(max=w)
    area = np.outer(rows[1] - rows[0], columns[1] - columns[0])
    return rows, columns, kh * kw if {{ counted }} else area


def avg_pool2d(x, size):
    (t, b), (l, r), count = geometry(x, size)
    s = integral(x)
    at = lambda i, j: s[..., i[:, None], j[None, :]]
    return ((at(b, r) - at(t, r) - at(b, l) + at(t, l)) / count).astype(x.dtype)


def avg_pool2d_backward(dy, x, size):
    (t, b), (l, r), count = geometry(x, size)
    h, w = x.shape[-2:]
    share = dy / count
    down = ((np.arange(h)[:, None] >= t) & (np.arange(h)[:, None] < b)).astype(dy.dtype)
    along = ((np.arange(w)[:, None] >= l) & (np.arange(w)[:, None] < r)).astype(dy.dtype)
    return np.einsum("hi,ncij,wj->nchw", down, share, along)
