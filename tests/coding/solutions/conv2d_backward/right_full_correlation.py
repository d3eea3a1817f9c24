def conv2d_backward(dy, x, w):
    # dx: dy, spread by the stride, under the turned kernel; dw: x under the spread dy
    s, p = {{ s }}, {{ p }}
    (height, width), (kh, kw) = x.shape[2:], w.shape[2:]
    spread = np.zeros((len(dy), len(w), height + 2 * p - kh + 1, width + 2 * p - kw + 1), dtype=dy.dtype)
    spread[:, :, ::s, ::s] = dy
    windows = np.lib.stride_tricks.sliding_window_view
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = np.einsum("ncuvij,nfij->fcuv", windows(xp, spread.shape[2:], axis=(2, 3)), spread)
    full = np.pad(spread, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    dx = np.einsum("nfijuv,fcuv->ncij", windows(full, (kh, kw), axis=(2, 3)), w[:, :, ::-1, ::-1])
    return dx[:, :, p : p + height, p : p + width], dw, spread.sum(axis=(0, 2, 3))
