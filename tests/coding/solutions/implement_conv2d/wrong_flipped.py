# the kernel is turned by 180 degrees
# misconception: FLIPPED_KERNEL
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[2:]
    xp = x.new_zeros(*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p)
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    oh, ow = (xp.shape[2] - kh) // s + 1, (xp.shape[3] - kw) // s + 1
    y = x.new_zeros(len(x), len(w), oh, ow)
    for i in range(oh):
        for j in range(ow):
            for u in range(kh):
                for v in range(kw):
                    y[:, :, i, j] += xp[:, :, i * s + u, j * s + v] @ w[:, :, kh - 1 - u, kw - 1 - v].T
            y[:, :, i, j] += b
    return y
