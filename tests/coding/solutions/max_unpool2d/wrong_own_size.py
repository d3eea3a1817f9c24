# result as large as the windows reach
def max_unpool2d(y, indices, size):
    n, c, h, w = y.shape
    height, width = (h - 1) * {{ s }} + {{ k }}, (w - 1) * {{ s }} + {{ k }}
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    row, column = divmod(indices[a, b, i, j], width)
                    out[a, b, row, column] = y[a, b, i, j]
    return out
