# the padding is cut away on one side alone
def transposed_conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    if "{{ order }}" == "FC":
        w = w.transpose(0, 1)
    n, c, h, width = x.shape
    _, f, kh, kw = w.shape
    y = torch.zeros(n, f, s * (h - 1) + kh, s * (width - 1) + kw, dtype=x.dtype)
    for i in range(h):
        for j in range(width):
            for k in range(f):
                stamp = (x[:, :, i, j, None, None] * w[None, :, k]).sum(1)
                y[:, k, i * s : i * s + kh, j * s : j * s + kw] += stamp
    return y[:, :, p:, p:] + b.reshape(1, -1, 1, 1)
