def conv2d(x, w, b):
    g, d, s, p = {{ g }}, {{ d }}, {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, cg, kh, kw = w.shape
    xp = x.new_zeros(n, c, height + 2 * p, width + 2 * p)
    xp[:, :, p : p + height, p : p + width] = x
    oh = (height + 2 * p - d * (kh - 1) - 1) // s + 1
    ow = (width + 2 * p - d * (kw - 1) - 1) // s + 1
    y = x.new_zeros(n, f, oh, ow)
    for k in range(f):
        group = k // (f // g)
        mine = xp[:, group * cg : (group + 1) * cg]
        for i in range(oh):
            for j in range(ow):
                patch = mine[:, :, i * s : i * s + d * (kh - 1) + 1 : d, j * s : j * s + d * (kw - 1) + 1 : d]
                y[:, k, i, j] = (patch * w[k]).sum((1, 2, 3)) + b[k]
    return y
