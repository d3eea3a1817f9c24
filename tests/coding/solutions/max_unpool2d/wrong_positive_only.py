# keeps the larger of the value and 0
def max_unpool2d(y, indices, size):
    height, width = size
    n, c, h, w = y.shape
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    row, column = divmod(indices[a, b, i, j], width)
                    out[a, b, row, column] = max(out[a, b, row, column], y[a, b, i, j])
    return out
