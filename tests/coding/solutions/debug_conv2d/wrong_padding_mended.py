# only the padding is mended
def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    n, channels = x.shape[:2]
    filters, _, kh, kw = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    rows = (x.shape[2] - kh) // s + 1
    columns = (x.shape[3] - kw) // s + 1
    y = np.zeros((n, filters, rows, columns), x.dtype)
    for image in range(n):
        for f in range(filters):
            for i in range(rows):
                for j in range(columns):
                    top, left = i * s, j{% if "stride" not in bugs %} * s{% endif %}
                    for c in range(channels):
                        window = x[image, {{ 0 if "channel" in bugs else "c" }}, top : top + kh, left : left + kw]
                        kernel = w[f, c{% if "flip" in bugs %}, ::-1, ::-1{% endif %}]
                        y[image, f, i, j] += (window * kernel).sum(){% if "bias" in bugs %} + b[f]{% endif %}
                    {% if "bias" not in bugs %}y[image, f, i, j] += b[f]{% endif %}
    return y
