def conv2d(x, w, b):
    # a sum over the places of the kernel instead of over those of the window
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[-2:]
    padded = torch.zeros(x.shape[0], x.shape[1], x.shape[2] + 2 * p, x.shape[3] + 2 * p, dtype=x.dtype)
    padded[..., p : p + x.shape[2], p : p + x.shape[3]] = x
    oh, ow = (padded.shape[2] - kh) // s + 1, (padded.shape[3] - kw) // s + 1
    y = b.reshape(1, -1, 1, 1).repeat(len(x), 1, oh, ow)
    for i in range(kh):
        for j in range(kw):
            seen = padded[:, :, i : i + s * (oh - 1) + 1 : s, j : j + s * (ow - 1) + 1 : s]
            y = y + (seen[:, None] * w[None, :, :, i, j, None, None]).sum(2)
    return y
