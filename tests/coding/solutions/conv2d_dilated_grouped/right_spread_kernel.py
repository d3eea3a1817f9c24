def conv2d(x, w, b):
    g, d, s, p = {{ g }}, {{ d }}, {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, cg, kh, kw = w.shape
    xp = x.new_zeros(n, c, height + 2 * p, width + 2 * p)
    xp[:, :, p : p + height, p : p + width] = x
    oh = (height + 2 * p - d * (kh - 1) - 1) // s + 1
    ow = (width + 2 * p - d * (kw - 1) - 1) // s + 1
    # dilation is a larger kernel with zeros in between
    wide = w.new_zeros(f, cg, d * (kh - 1) + 1, d * (kw - 1) + 1)
    wide[:, :, ::d, ::d] = w
    outs = []
    for part, kernels in zip(xp.chunk(g, 1), wide.chunk(g, 0)):
        rows = []
        for i in range(oh):
            for j in range(ow):
                patch = part[:, :, i * s : i * s + wide.shape[2], j * s : j * s + wide.shape[3]]
                rows.append(patch.reshape(n, -1) @ kernels.reshape(len(kernels), -1).T)
        outs.append(torch.stack(rows, -1))
    return torch.cat(outs, 1).reshape(n, f, oh, ow) + b.reshape(1, -1, 1, 1)
