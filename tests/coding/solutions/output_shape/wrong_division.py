# true division
def output_shape(layers, shape):
    {% if layout == "HWC" %}h, w, c = shape{% else %}c, h, w = shape{% endif %}
    flat = None
    for layer in layers:
        kind = layer[0]
        if kind == "conv":
            _, c, k, s, p = layer
            h = (h + 2 * p - k) / s + 1
            w = (w + 2 * p - k) // s + 1
        elif kind == "pool":
            _, k, s = layer
            h = {% if up %}(h - k + s - 1){% else %}(h - k){% endif %} // s + 1
            w = {% if up %}(w - k + s - 1){% else %}(w - k){% endif %} // s + 1
        elif kind == "flatten":
            flat = h * w * c
        elif kind == "linear":
            flat = layer[1]
    if flat is not None:
        return (flat,)
    return {% if layout == "HWC" %}(h, w, c){% else %}(c, h, w){% endif %}
