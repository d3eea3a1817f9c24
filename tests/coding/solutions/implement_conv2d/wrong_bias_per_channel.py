# the bias is added in the loop over channels
# misconception: BIAS_PER_CHANNEL
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[2:]
    xp = x.new_zeros(*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p)
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    oh, ow = (xp.shape[2] - kh) // s + 1, (xp.shape[3] - kw) // s + 1
    y = x.new_zeros(len(x), len(w), oh, ow)
    for i in range(oh):
        for j in range(ow):
            for c in range(x.shape[1]):
                patch = xp[:, c, i * s : i * s + kh, j * s : j * s + kw]
                y[:, :, i, j] += (patch[:, None] * w[:, c]).sum((2, 3)) + b
    return y
