def transposed_conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    if "{{ order }}" == "FC":
        w = w.transpose(0, 1)
    n, c, h, width = x.shape
    _, f, kh, kw = w.shape
    y = torch.zeros(n, f, s * (h - 1) + kh, s * (width - 1) + kw, dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            part = (x[:, :, None] * w[None, :, :, u, v, None, None]).sum(1)
            y[:, :, u : u + s * (h - 1) + 1 : s, v : v + s * (width - 1) + 1 : s] += part
    return y[:, :, p : y.shape[2] - p, p : y.shape[3] - p] + b.reshape(1, -1, 1, 1)
