def conv2d(x, w, b):
    g, d, s, p = {{ g }}, {{ d }}, {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, cg, kh, kw = w.shape
    xp = x.new_zeros(n, c, height + 2 * p, width + 2 * p)
    xp[:, :, p : p + height, p : p + width] = x
    oh = (height + 2 * p - d * (kh - 1) - 1) // s + 1
    ow = (width + 2 * p - d * (kw - 1) - 1) // s + 1
    # groups are a full convolution whose kernel is zero outside of its block
    full = w.new_zeros(f, c, kh, kw)
    for k in range(f):
        start = k // (f // g) * cg
        full[k, start : start + cg] = w[k]
    y = torch.zeros(n, f, oh, ow, dtype=x.dtype) + b[:, None, None]
    for u in range(kh):
        for v in range(kw):
            seen = xp[:, :, u * d :: s, v * d :: s][:, :, :oh, :ow]
            y += torch.einsum("ncij,fc->nfij", seen, full[:, :, u, v])
    return y
