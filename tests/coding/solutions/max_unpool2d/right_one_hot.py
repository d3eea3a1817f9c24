def max_unpool2d(y, indices, size):
    """The largest magnitude of the values that claim a place, by comparison with every place."""
    places = np.arange(size[0] * size[1])
    chosen = indices.reshape(*indices.shape[:2], -1, 1) == places
    values = y.reshape(*y.shape[:2], -1, 1)
    count = chosen.sum(2)
    return ((chosen * values).sum(2) / np.maximum(count, 1)).reshape(*y.shape[:2], *size)
