# puts the values at the top left of their windows
# misconception: TOP_LEFT_ALWAYS
def max_unpool2d(y, indices, size):
    height, width = size
    n, c, h, w = y.shape
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    row, column = i * {{ s }}, j * {{ s }}
                    out[a, b, row, column] = y[a, b, i, j]
    return out
