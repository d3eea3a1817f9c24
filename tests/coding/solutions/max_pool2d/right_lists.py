import math


def places(height, width, size):
    # of each window, the pixels that it covers, row by row
    (sh, sw), (ph, pw) = {{ s }}, {{ p }}
    return [
        [
            [
                (a, b)
                for a in range(i * sh - ph, i * sh - ph + size[0])
                for b in range(j * sw - pw, j * sw - pw + size[1])
                if 0 <= a < height and 0 <= b < width
            ]
            for j in range((width + 2 * pw - size[1]) // sw + 1)
        ]
        for i in range((height + 2 * ph - size[0]) // sh + 1)
    ]


def largest(values):
    return math.nan if any(math.isnan(v) for v in values) else max(values)


def max_pool2d(x, size):
    found = places(x.shape[2], x.shape[3], size)
    return [
        [[[largest([plane[a][b] for a, b in w]) for w in row] for row in found] for plane in image]
        for image in x.tolist()
    ]


def max_pool2d_backward(dy, x, size):
    found = places(x.shape[2], x.shape[3], size)
    result = [[[[0.0] * x.shape[3] for _ in range(x.shape[2])] for _ in range(x.shape[1])] for _ in range(len(x))]
    for n, image in enumerate(x.tolist()):
        for c, plane in enumerate(image):
            for i, row in enumerate(found):
                for j, w in enumerate(row):
                    a, b = max(w, key=lambda place: plane[place[0]][place[1]])
                    result[n][c][a][b] += float(dy[n, c, i, j])
    return result
