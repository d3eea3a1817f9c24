def pixels(layers, unit):
    """The pixels themselves, by following every tap."""
    found = {unit}
    for k, s, d in reversed(layers):
        found = {u * s + t * d for u in found for t in range(k)}
    return found


def span(layers, unit):
    first = last = unit
    for k, s, d in reversed(layers):
        first, last = first * s, last * s + (k - 1) * d
    return first, last


def receptive_field(layers):
    def entry(part):
        first, last = span(part, 0)
        if len(part) < 5:
            first, last = min(pixels(part, 0)), max(pixels(part, 0))
        step = span(part, 1)[0] - first
        return {% if jump %}[last - first + 1, step]{% else %}last - first + 1{% endif %}

    return {% if each %}[entry(layers[: n + 1]) for n in range(len(layers))]{% else %}entry(layers){% endif %}
