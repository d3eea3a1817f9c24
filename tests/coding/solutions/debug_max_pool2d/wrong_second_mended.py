# only the second of the two bugs is mended
def max_pool2d(x):
    (kh, kw), s, p = {{ k }}, {{ s }}, {{ p }}
    n, channels, height, width = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)){% if "padding" not in bugs[:1] %}, constant_values=-np.inf{% endif %})
    rows = (height + 2 * p - kh) // s{% if "count" not in bugs[:1] %} + 1{% endif %}
    columns = ({{ "height" if "columns" in bugs[:1] else "width" }} + 2 * p - kw) // s{% if "count" not in bugs[:1] %} + 1{% endif %}
    y = np.zeros((n, channels, rows, columns), x.dtype)
    for image in range(n):
        for c in range(channels):
            plane = x[image, {{ 0 if "channel" in bugs[:1] else "c" }}]
            for i in range(rows):
                for j in range(columns):
                    top, left = i * s, j{% if "stride" not in bugs[:1] %} * s{% endif %}
                    largest = {{ 0 if "start" in bugs[:1] else "-np.inf" }}
                    for a in range(kh):
                        for b in range(kw):
                            largest = max(largest, plane[top + a, left + b])
                    y[image, c, i, j] = largest
    return y
