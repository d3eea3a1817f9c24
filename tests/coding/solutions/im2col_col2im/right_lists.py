def windows(height, width, kh, kw):
    s, p = {{ s }}, {{ p }}
    return [
        (i, j) for i in range(-p, height + p - kh + 1, s) for j in range(-p, width + p - kw + 1, s)
    ]


def im2col(x, kh, kw):
    n, c, height, width = x.shape
    x = x.tolist()

    def pixel(m, k, r, q):
        return x[m][k][r][q] if 0 <= r < height and 0 <= q < width else 0.0

    rows = [
        [[pixel(m, k, i + u, j + v) for k in range(c) for u in range(kh) for v in range(kw)]
         for i, j in windows(height, width, kh, kw)]
        for m in range(n)
    ]
    return rows if "{{ order }}" == "rows" else [[list(row) for row in zip(*image)] for image in rows]


def col2im(columns, height, width, kh, kw):
    if "{{ order }}" == "columns":
        columns = columns.swapaxes(1, 2)
    out = np.zeros((len(columns), columns.shape[2] // (kh * kw), height, width), columns.dtype)
    for number, (i, j) in enumerate(windows(height, width, kh, kw)):
        for place in range(columns.shape[2]):
            k, u, v = place // (kh * kw), place // kw % kh, place % kw
            if 0 <= i + u < height and 0 <= j + v < width:
                out[:, k, i + u, j + v] += columns[:, number, place]
    return out
