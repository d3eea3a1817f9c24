# the other arrangement
def im2col(x, kh, kw):
    s, p = {{ s }}, {{ p }}
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oh, ow = (h + 2 * p - kh) // s + 1, (w + 2 * p - kw) // s + 1
    cols = np.zeros((n, c * kh * kw, oh * ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            cols[:, :, i * ow + j] = xp[:, :, i * s : i * s + kh, j * s : j * s + kw].reshape(n, -1)
    return cols if "{{ order }}" != "columns" else cols.transpose(0, 2, 1)



def col2im(columns, height, width, kh, kw):
    s, p = {{ s }}, {{ p }}
    if "{{ order }}" == "rows":
        columns = columns.transpose(0, 2, 1)
    n = columns.shape[0]
    c = columns.shape[1] // (kh * kw)
    oh, ow = (height + 2 * p - kh) // s + 1, (width + 2 * p - kw) // s + 1
    out = np.zeros((n, c, height + 2 * p, width + 2 * p), dtype=columns.dtype)
    for i in range(oh):
        for j in range(ow):
            patch = columns[:, :, i * ow + j].reshape(n, c, kh, kw)
            out[:, :, i * s : i * s + kh, j * s : j * s + kw] += patch
    return out[:, :, p : p + height, p : p + width]
