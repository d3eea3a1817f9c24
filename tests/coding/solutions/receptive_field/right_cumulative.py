def receptive_field(layers):
    table = np.array(layers, dtype=np.int64).reshape(-1, 3)
    k, s, d = table.T
    jumps = np.cumprod(np.concatenate([[1], s]))
    fields = 1 + np.concatenate([[0], np.cumsum(d * (k - 1) * jumps[:-1])])
    {% if jump %}entries = np.stack([fields, jumps], axis=1){% else %}entries = fields{% endif %}
    return {% if each %}entries[1:]{% if jump %} if layers else []{% endif %}{% else %}entries[-1]{% endif %}
