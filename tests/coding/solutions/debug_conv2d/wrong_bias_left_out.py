# the bias is dropped altogether
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    n, channels, height, width = x.shape
    filters, _, kh, kw = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    rows = (height + 2 * p - kh) // s + 1
    columns = (width + 2 * p - kw) // s + 1
    y = np.zeros((n, filters, rows, columns), x.dtype)
    for image in range(n):
        for f in range(filters):
            for i in range(rows):
                for j in range(columns):
                    window = padded[image, :, i * s : i * s + kh, j * s : j * s + kw]
                    y[image, f, i, j] = np.sum(window * w[f])
    return y
