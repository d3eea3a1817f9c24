# mirrored with the edge pixel repeated
def filter_image(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    padded = np.pad(image.astype(np.float64), ((kh // 2, kh // 2), (kw // 2, kw // 2)), mode="{{ {"zeros": "constant", "the nearest pixel": "edge"}.get(border, "symmetric") }}")
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            window = padded[i : i + kh, j : j + kw]
            out[i, j] = (window * kernel{% if flip %}[::-1, ::-1]{% endif %}).sum()
    return out


def edges(image):
    gx = filter_image(image, np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
    gy = filter_image(image, np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]))
    return {% if length %}np.hypot(gx, gy){% else %}abs(gx) + abs(gy){% endif %}
