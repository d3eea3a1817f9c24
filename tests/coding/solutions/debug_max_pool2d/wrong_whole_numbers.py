# a result of whole numbers
def max_pool2d(x):
    (kh, kw), s, p = {{ k }}, {{ s }}, {{ p }}
    n, channels, height, width = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    rows = (height + 2 * p - kh) // s + 1
    columns = (width + 2 * p - kw) // s + 1
    y = np.zeros((n, channels, rows, columns), int)
    for image in range(n):
        for c in range(channels):
            plane = x[image, c]
            for i in range(rows):
                for j in range(columns):
                    top, left = i * s, j * s
                    largest = -np.inf
                    for a in range(kh):
                        for b in range(kw):
                            largest = max(largest, plane[top + a, left + b])
                    y[image, c, i, j] = largest
    return y
