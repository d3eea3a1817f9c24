def conv2d_backward(dy, x, w):
    s, p = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    oh, ow = dy.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    k, i, j = np.meshgrid(np.arange(c), np.arange(kh), np.arange(kw), indexing="ij")
    rows = i.reshape(-1, 1) + s * np.repeat(np.arange(oh), ow)
    columns = j.reshape(-1, 1) + s * np.tile(np.arange(ow), oh)
    channel = np.broadcast_to(k.reshape(-1, 1), rows.shape)
    cols = xp[:, channel, rows, columns]
    flat = dy.reshape(n, f, -1)
    dw = np.einsum("nfl,nkl->fk", flat, cols).reshape(w.shape)
    dcols = w.reshape(f, -1).T @ flat
    dxp = np.zeros_like(xp)
    np.add.at(dxp, (slice(None), channel, rows, columns), dcols)
    return dxp[:, :, p : p + height, p : p + width], dw, flat.sum((0, 2))
