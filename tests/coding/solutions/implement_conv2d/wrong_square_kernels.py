# the kernel is taken for square
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    k = w.shape[2]
    xp = x.new_zeros(*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p)
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    oh, ow = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    y = x.new_zeros(len(x), len(w), oh, ow)
    for i in range(oh):
        for j in range(ow):
            y[:, :, i, j] = (xp[:, None, :, i * s : i * s + k, j * s : j * s + k] * w).sum((2, 3, 4)) + b
    return y
