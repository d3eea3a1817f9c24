def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    f, c, kh, kw = w.shape
    rows, columns = (x.shape[2] - kh) // s + 1, (x.shape[3] - kw) // s + 1
    cols = np.stack([
        x[:, :, i * s : i * s + kh, j * s : j * s + kw].reshape(len(x), -1)
        for i in range(rows) for j in range(columns)
    ], axis=-1)
    return (w.reshape(f, -1) @ cols + b[:, None]).reshape(len(x), f, rows, columns)
