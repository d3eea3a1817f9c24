def at(image, i, j):
    h, w = len(image), len(image[0])
    if "{{ border }}" == "zeros":
        return image[i][j] if 0 <= i < h and 0 <= j < w else 0
    if "{{ border }}" == "the nearest pixel":
        return image[min(max(i, 0), h - 1)][min(max(j, 0), w - 1)]
    i, j = abs(i), abs(j)
    return image[i if i < h else 2 * h - 2 - i][j if j < w else 2 * w - 2 - j]


def filter_image(image, kernel):
    image, kernel = image.tolist(), kernel.tolist()
    if {{ flip }}:
        kernel = [row[::-1] for row in kernel[::-1]]
    a, b = len(kernel) // 2, len(kernel[0]) // 2
    return [
        [
            float(sum(k * at(image, i + di - a, j + dj - b) for di, row in enumerate(kernel) for dj, k in enumerate(row)))
            for j in range(len(image[0]))
        ]
        for i in range(len(image))
    ]


def edges(image):
    x = filter_image(image, np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
    y = filter_image(image, np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).T)
    return [[(u * u + v * v) ** 0.5 if {{ length }} else abs(u) + abs(v) for u, v in zip(*r)] for r in zip(x, y)]
