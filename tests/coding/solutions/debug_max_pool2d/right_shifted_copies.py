def max_pool2d(x):
    s, p = {{ s }}, {{ p }}
    n, c, h, w = x.shape
    frame = np.full((n, c, h + 2 * p, w + 2 * p), -np.inf)
    frame[:, :, p : p + h, p : p + w] = x
    rows, columns = (1 + (side - k) // s for side, k in zip(frame.shape[2:], {{ k }}))
    y = None
    for a, b in np.ndindex({{ k }}):
        shifted = frame[:, :, a : a + s * (rows - 1) + 1 : s, b : b + s * (columns - 1) + 1 : s]
        y = shifted.copy() if y is None else np.maximum(y, shifted)
    return y
