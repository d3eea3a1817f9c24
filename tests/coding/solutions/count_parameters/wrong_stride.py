# stride forgotten in the shape
def count_parameters(layers, shape):
    c, h, w = shape
    features = None
    counts = []
    for layer in layers:
        n = 0
        if layer[0] == "conv":
            _, f, (kh, kw), s, p, bias = layer
            n = f * c * kh * kw + (f if bias else 0)
            c = f
            h = (h + 2 * p - kh) + 1
            w = (w + 2 * p - kw) + 1
        elif layer[0] == "norm":
            n = 2 * c
        elif layer[0] == "pool":
            h, w = h // layer[1], w // layer[1]
        elif layer[0] == "flatten":
            features = c * h * w
        elif layer[0] == "linear":
            n = features * layer[1] + layer[1]
            features = layer[1]
        counts.append(n)
    return {% if each %}counts{% else %}sum(counts){% endif %}
