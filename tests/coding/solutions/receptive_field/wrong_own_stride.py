# own stride first
# misconception: OWN_STRIDE_FIRST
def receptive_field(layers):
    r, j = 1, 1
    out = []
    for k, s, d in layers:
        j = j * s
        r = r + (k - 1) * d * j
        out.append({% if jump %}(r, j){% else %}r{% endif %})
    {% if each %}return out
    {% else %}return {% if jump %}(r, j){% else %}r{% endif %}
    {% endif %}
