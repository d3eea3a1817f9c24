def count_parameters(layers, shape):
    """Makes every weight, empty, and asks for its size."""
    c, h, w = shape
    found, length = [], 0
    for kind, *rest in layers:
        made = []
        if kind == "conv":
            f, (kh, kw), s, p, bias = rest
            made = [np.empty((f, c, kh, kw))] + [np.empty(f)] * bias
            c, h, w = f, (h + 2 * p - kh + s) // s, (w + 2 * p - kw + s) // s
        if kind == "norm":
            made = [np.empty(c), np.empty(c)]
        if kind == "pool":
            h, w = (h - rest[0]) // rest[0] + 1, (w - rest[0]) // rest[0] + 1
        if kind == "flatten":
            length = h * w * c
        if kind == "linear":
            made = [np.empty((length, rest[0])), np.empty(rest[0])]
            length = rest[0]
        found.append(sum(a.size for a in made))
    return {% if each %}np.array(found){% else %}np.int64(sum(found)){% endif %}
