def output_shape(layers, shape):
    shape = np.array(shape)
    sides = np.array({% if layout == "HWC" %}[0, 1]{% else %}[1, 2]{% endif %})
    channel = {% if layout == "HWC" %}2{% else %}0{% endif %}
    for kind, *numbers in layers:
        if kind == "conv":
            f, k, s, p = numbers
            shape[channel] = f
            shape[sides] = (shape[sides] + 2 * p - k) // s + 1
        if kind == "pool":
            k, s = numbers
            shape[sides] = np.{% if up %}ceil{% else %}floor{% endif %}((shape[sides] - k) / s) + 1
        if kind == "flatten":
            shape = np.array([shape.prod()])
        if kind == "linear":
            shape = np.array(numbers)
    return shape
