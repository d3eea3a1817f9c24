def places(c, h, w, kh, kw):
    s, p = {{ s }}, {{ p }}
    oh, ow = (h + 2 * p - kh) // s + 1, (w + 2 * p - kw) // s + 1
    channel = np.repeat(np.arange(c), kh * kw)[:, None]
    rows = np.tile(np.repeat(np.arange(kh), kw), c)[:, None] + s * np.repeat(np.arange(oh), ow)[None]
    cols = np.tile(np.arange(kw), kh * c)[:, None] + s * np.tile(np.arange(ow), oh)[None]
    return channel, rows, cols


def im2col(x, kh, kw):
    p = {{ p }}
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    channel, rows, cols = places(*x.shape[1:], kh, kw)
    found = xp[:, channel, rows, cols]
    return found{% if order == "rows" %}.swapaxes(1, 2){% endif %}


def col2im(columns, height, width, kh, kw):
    p = {{ p }}
    {% if order == "rows" %}columns = columns.swapaxes(1, 2){% endif %}
    c = columns.shape[1] // (kh * kw)
    out = np.zeros((len(columns), c, height + 2 * p, width + 2 * p), columns.dtype)
    channel, rows, cols = places(c, height, width, kh, kw)
    np.add.at(out, (slice(None), channel, rows, cols), columns)
    return out[:, :, p : p + height, p : p + width]
