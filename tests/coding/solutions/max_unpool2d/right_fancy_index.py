def max_unpool2d(y, indices, size):
    n, c = y.shape[:2]
    out = np.zeros((n, c) + tuple(size), y.dtype)
    first, second = np.ogrid[:n, :c]
    rows, columns = np.unravel_index(indices, size)
    out[first[..., None, None], second[..., None, None], rows, columns] = y
    return out
