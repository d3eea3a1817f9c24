# indices of the first channel
# misconception: ONE_CHANNEL_S_INDICES
def max_unpool2d(y, indices, size):
    height, width = size
    n, c, h, w = y.shape
    out = np.zeros((n, c, height, width), dtype=y.dtype)
    for a in range(n):
        for b in range(c):
            for i in range(h):
                for j in range(w):
                    row, column = divmod(indices[a, 0, i, j], width)
                    out[a, b, row, column] = y[a, b, i, j]
    return out
