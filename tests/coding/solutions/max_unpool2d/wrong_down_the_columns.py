# indices run down the columns
# misconception: COLUMN_BY_COLUMN
def max_unpool2d(y, indices, size):
    height, width = size
    n, c, h, w = y.shape
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    column, row = divmod(indices[a, b, i, j], height)
                    out[a, b, row, column] = y[a, b, i, j]
    return out
