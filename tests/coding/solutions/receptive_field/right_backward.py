def seen(layers):
    """From the top down: r units of a layer's output see (r - 1) s + d (k - 1) + 1 of its input."""
    r = 1
    for k, s, d in reversed(layers):
        r = (r - 1) * s + d * (k - 1) + 1
    return r


def receptive_field(layers):
    def entry(n):
        {% if jump %}product = 1
        for _, s, _ in layers[:n]:
            product *= s
        return [seen(layers[:n]), product]
        {% else %}return seen(layers[:n])
        {% endif %}
    return {% if each %}[entry(n + 1) for n in range(len(layers))]{% else %}entry(len(layers)){% endif %}
