def conv2d_backward(dy, x, w):
    s, p = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    oh, ow = dy.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dxp = np.zeros_like(xp)
    dw = np.zeros_like(w)
    db = np.zeros(f, dtype=dy.dtype)
    for u in range(kh):
        for v in range(kw):
            rows, cols = slice(u, u + s * (oh - 1) + 1, s), slice(v, v + s * (ow - 1) + 1, s)
            dw[:, :, u, v] = np.einsum("nfij,ncij->fc", dy, xp[:, :, rows, cols])
            dxp[:, :, rows, cols] += np.einsum("nfij,fc->ncij", dy, w[:, :, u, v])
    db = dy.sum((0, 2, 3))
    dx = dxp[:, :, p : p + height, p : p + width]
    return dx, dw, db
