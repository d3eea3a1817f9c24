def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[2:]
    padded = x.new_zeros(*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p)
    padded[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    n, c, h, wd = padded.shape
    a, d, e, f = padded.stride()
    oh, ow = (h - kh) // s + 1, (wd - kw) // s + 1
    windows = torch.as_strided(padded, (n, oh, ow, c, kh, kw), (a, e * s, f * s, d, e, f))
    y = windows.reshape(n * oh * ow, -1) @ w.reshape(len(w), -1).t()
    return (y + b).reshape(n, oh, ow, -1).permute(0, 3, 1, 2)
