def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    images, kernels, biases = x.tolist(), w.tolist(), b.tolist()
    h, wd, kh, kw = len(images[0][0]), len(images[0][0][0]), len(kernels[0][0]), len(kernels[0][0][0])

    def pixel(plane, i, j):
        return plane[i][j] if 0 <= i < h and 0 <= j < wd else 0.0

    def value(image, kernel, i, j):
        return sum(
            kernel[c][u][v] * pixel(image[c], i * s + u - p, j * s + v - p)
            for c in range(len(kernel))
            for u in range(kh)
            for v in range(kw)
        )

    rows, columns = range((h + 2 * p - kh) // s + 1), range((wd + 2 * p - kw) // s + 1)
    return [
        [[[value(im, k, i, j) + bias for j in columns] for i in rows] for k, bias in zip(kernels, biases)]
        for im in images
    ]
