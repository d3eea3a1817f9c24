def max_pool2d(x):
    (kh, kw), s, p = {{ k }}, {{ s }}, {{ p }}
    height, width = x.shape[2:]

    def pool(plane):
        pixel = {(i, j): v for i, row in enumerate(plane) for j, v in enumerate(row)}
        return [
            [
                max(pixel[i + a, j + b] for a in range(kh) for b in range(kw) if (i + a, j + b) in pixel)
                for j in range(-p, width + p - kw + 1, s)
            ]
            for i in range(-p, height + p - kh + 1, s)
        ]

    return np.array([[pool(plane) for plane in image] for image in x.tolist()], x.dtype)
