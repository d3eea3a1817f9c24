# indices of the first image
def max_unpool2d(y, indices, size):
    height, width = size
    n, c, h, w = y.shape
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    row, column = divmod(indices[0, b, i, j], width)
                    out[a, b, row, column] = y[a, b, i, j]
    return out
