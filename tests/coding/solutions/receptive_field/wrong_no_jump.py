# strides ignored
# misconception: IGNORED_JUMP
def receptive_field(layers):
    r, j = 1, 1
    out = []
    for k, s, d in layers:
        r = r + (k - 1) * d
        j = j * s
        out.append({% if jump %}(r, j){% else %}r{% endif %})
    {% if each %}return out
    {% else %}return {% if jump %}(r, j){% else %}r{% endif %}
    {% endif %}
