def transposed_conv2d(x, w, b):
    # zeros between the pixels, then an ordinary convolution with the turned kernel
    s, p = {{ s }}, {{ p }}
    if "{{ order }}" == "FC":
        w = w.transpose(0, 1)
    n, c, h, width = x.shape
    kh, kw = w.shape[2:]
    wide = x.new_zeros(n, c, s * (h - 1) + 1 + 2 * (kh - 1), s * (width - 1) + 1 + 2 * (kw - 1))
    wide[:, :, kh - 1 : wide.shape[2] - kh + 1 : s, kw - 1 : wide.shape[3] - kw + 1 : s] = x
    turned = w.flip(2, 3)
    rows, cols = wide.shape[2] - kh + 1, wide.shape[3] - kw + 1
    y = x.new_empty(n, w.shape[1], rows, cols)
    for i in range(rows):
        for j in range(cols):
            y[:, :, i, j] = torch.tensordot(wide[:, :, i : i + kh, j : j + kw], turned, ([1, 2, 3], [0, 2, 3]))
    return y[:, :, p : rows - p, p : cols - p] + b[:, None, None]
