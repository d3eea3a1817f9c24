def conv2d(x, w, b):
    nhwc = "{{ layout }}" == "NHWC"
    if nhwc:
        x, w = x.transpose(0, 3, 1, 2), w.transpose(3, 2, 0, 1)
    (sh, sw), (ph, pw) = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    oh, ow = (height + 2 * ph - kh) // sh + 1, (width + 2 * pw - kw) // sw + 1
    cols = np.empty((n, c, kh, kw, oh, ow), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            cols[:, :, u, v] = xp[:, :, u : u + sh * (oh - 1) + 1 : sh, v : v + sw * (ow - 1) + 1 : sw]
    y = (w.reshape(f, -1) @ cols.reshape(n, c * kh * kw, oh * ow)).reshape(n, f, oh, ow) + b.reshape(1, f, 1, 1)
    return y.transpose(0, 2, 3, 1) if nhwc else y
