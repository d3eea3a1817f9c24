# indices are counted from 1 in place
def max_unpool2d(y, indices, size):
    height, width = size
    n, c, h, w = y.shape
    indices -= 1
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    row, column = divmod(indices[a, b, i, j] + 1, width)
                    out[a, b, row, column] = y[a, b, i, j]
    return out
