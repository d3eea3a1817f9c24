import math


def side(n, k, s, p, rounded):
    return int(rounded((n + 2 * p - k) / s)) + 1


def output_shape(layers, shape):
    if not layers:
        return list(shape)
    (kind, *rest), *others = layers
    up = {% if up %}math.ceil{% else %}math.floor{% endif %}
    place = {% if layout == "HWC" %}2{% else %}0{% endif %}
    if kind == "flatten":
        shape = [math.prod(shape)]
    elif kind == "linear":
        shape = [rest[0]]
    elif kind in ("conv", "pool"):
        k, s, p, rounded = (*rest[1:], math.floor) if kind == "conv" else (*rest, 0, up)
        shape = [n if i == place else side(n, k, s, p, rounded) for i, n in enumerate(shape)]
        if kind == "conv":
            shape[place] = rest[0]
    return output_shape(others, shape)
