# the result is made in single precision, whatever comes in
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[2:]
    xp = torch.zeros(*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p)
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    oh, ow = (xp.shape[2] - kh) // s + 1, (xp.shape[3] - kw) // s + 1
    y = torch.zeros(len(x), len(w), oh, ow)
    for i in range(oh):
        for j in range(ow):
            y[:, :, i, j] = (xp[:, None, :, i * s : i * s + kh, j * s : j * s + kw] * w).sum((2, 3, 4)) + b
    return y
