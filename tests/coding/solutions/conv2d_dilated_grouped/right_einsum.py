def conv2d(x, w, b):
    g, d, s, p = {{ g }}, {{ d }}, {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, cg, kh, kw = w.shape
    xp = x.new_zeros(n, c, height + 2 * p, width + 2 * p)
    xp[:, :, p : p + height, p : p + width] = x
    oh = (height + 2 * p - d * (kh - 1) - 1) // s + 1
    ow = (width + 2 * p - d * (kw - 1) - 1) // s + 1
    a, e, r, q = xp.stride()
    windows = torch.as_strided(xp, (n, g, cg, oh, ow, kh, kw), (a, e * cg, e, r * s, q * s, r * d, q * d))
    y = torch.einsum("ngcijuv,gfcuv->ngfij", windows, w.reshape(g, f // g, cg, kh, kw))
    return y.reshape(n, f, oh, ow) + b[:, None, None]
