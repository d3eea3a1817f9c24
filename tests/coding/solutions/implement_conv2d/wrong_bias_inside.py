# the bias is added to every product
# misconception: BIAS_IN_SUM
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[2:]
    xp = x.new_zeros(*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p)
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    oh, ow = (xp.shape[2] - kh) // s + 1, (xp.shape[3] - kw) // s + 1
    y = x.new_zeros(len(x), len(w), oh, ow)
    for n in range(len(x)):
        for f in range(len(w)):
            for i in range(oh):
                for j in range(ow):
                    y[n, f, i, j] = (xp[n, :, i * s : i * s + kh, j * s : j * s + kw] * w[f] + b[f]).sum()
    return y
