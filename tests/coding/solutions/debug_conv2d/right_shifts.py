def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    x = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    rows, columns = ((n - k) // s + 1 for n, k in zip(x.shape[2:], w.shape[2:]))
    y = np.tile(b[None, :, None, None], (len(x), 1, rows, columns)).astype(x.dtype)
    for a, c in np.ndindex(*w.shape[2:]):
        y += np.einsum("nchw,fc->nfhw", x[:, :, a : a + rows * s : s, c : c + columns * s : s][:, :, :rows, :columns], w[:, :, a, c])
    return y
