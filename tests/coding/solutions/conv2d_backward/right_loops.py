def conv2d_backward(dy, x, w):
    s, p = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    oh, ow = dy.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dxp = np.zeros_like(xp)
    dw = np.zeros_like(w)
    db = np.zeros(f, dtype=dy.dtype)
    for image in range(n):
        for k in range(f):
            for i in range(oh):
                for j in range(ow):
                    top, left = i * s, j * s
                    window = xp[image, :, top : top + kh, left : left + kw]
                    dw[k] += window * dy[image, k, i, j]
                    dxp[image, :, top : top + kh, left : left + kw] += w[k] * dy[image, k, i, j]
                    db[k] += dy[image, k, i, j]
    dx = dxp[:, :, p : p + height, p : p + width]
    return dx, dw, db
