# windows start at i, j instead of i * s, j * s
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[2:]
    xp = x.new_zeros(*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p)
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    oh, ow = (xp.shape[2] - kh) // s + 1, (xp.shape[3] - kw) // s + 1
    y = x.new_zeros(len(x), len(w), oh, ow)
    for i in range(oh):
        for j in range(ow):
            y[:, :, i, j] = (xp[:, None, :, i : i + kh, j : j + kw] * w).sum((2, 3, 4)) + b
    return y
