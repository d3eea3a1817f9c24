# the field before each layer
def receptive_field(layers):
    r, j = 1, 1
    out = []
    for k, s, d in layers:
        out.append({% if jump %}(r, j){% else %}r{% endif %})
        r = r + (k - 1) * d * j
        j = j * s
    {% if each %}return out
    {% else %}return out[-1] if out else {% if jump %}(r, j){% else %}r{% endif %}
    {% endif %}
