# divides the index by the height
def max_unpool2d(y, indices, size):
    height, width = size
    n, c, h, w = y.shape
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    row, column = divmod(indices[a, b, i, j], height)
                    out[a, b, row % height, column % width] = y[a, b, i, j]
    return out
