def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    xp = torch.zeros((n, c, h + 2 * p, wd + 2 * p), dtype=x.dtype)
    xp[:, :, p : h + p, p : wd + p] = x
    oh = (h + 2 * p - kh) // s + 1
    ow = (wd + 2 * p - kw) // s + 1
    out = torch.zeros((n, f, oh, ow), dtype=x.dtype)
    for image in range(n):
        for k in range(f):
            for i in range(oh):
                for j in range(ow):
                    out[image, k, i, j] = (xp[image, :, i * s : i * s + kh, j * s : j * s + kw] * w[k]).sum() + b[k]
    return out
