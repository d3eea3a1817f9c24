def transposed_conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    if "{{ order }}" == "FC":
        w = w.transpose(0, 1)
    n, c, h, width = x.shape
    _, f, kh, kw = w.shape
    y = torch.zeros(n, f, s * (h - 1) + kh, s * (width - 1) + kw, dtype=x.dtype)
    stamps = torch.tensordot(x.movedim(1, -1), w, 1)  # (N, H, W, F, KH, KW)
    side = y.shape[3]
    i = torch.arange(h)[:, None, None, None] * s + torch.arange(kh)[:, None]
    j = torch.arange(width)[:, None, None] * s + torch.arange(kw)
    flat = (i * side + j).reshape(-1)
    values = stamps.permute(0, 3, 1, 2, 4, 5).reshape(n, f, -1)
    y = y.reshape(n, f, -1).index_add(2, flat, values).reshape(y.shape)
    return y[:, :, p : y.shape[2] - p, p : y.shape[3] - p] + b.reshape(1, -1, 1, 1)
