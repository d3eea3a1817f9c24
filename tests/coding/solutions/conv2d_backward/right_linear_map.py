def conv2d_backward(dy, x, w):
    # gradients as transposed linear maps, image by image, in lists of flat pixels
    s, p = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    dx, dw = np.zeros(x.shape, x.dtype), np.zeros(w.shape, w.dtype)
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            for u in range(kh):
                for v in range(kw):
                    r, q = i * s + u - p, j * s + v - p
                    if 0 <= r < height and 0 <= q < width:
                        dx[:, :, r, q] += dy[:, :, i, j] @ w[:, :, u, v]
                        dw[:, :, u, v] += dy[:, :, i, j].T @ x[:, :, r, q]
    return [dx, dw, np.add.reduce(dy, (0, 2, 3))]
