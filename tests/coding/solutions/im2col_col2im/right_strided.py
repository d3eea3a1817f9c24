def im2col(x, kh, kw):
    s, p = {{ s }}, {{ p }}
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    seen = np.lib.stride_tricks.sliding_window_view(xp, (kh, kw), (2, 3))[:, :, ::s, ::s]
    n, c, oh, ow = seen.shape[:4]
    if "{{ order }}" == "rows":
        return seen.transpose(0, 2, 3, 1, 4, 5).reshape(n, oh * ow, c * kh * kw)
    return seen.transpose(0, 1, 4, 5, 2, 3).reshape(n, c * kh * kw, oh * ow)


def col2im(columns, height, width, kh, kw):
    s, p = {{ s }}, {{ p }}
    if "{{ order }}" == "rows":
        columns = np.transpose(columns, (0, 2, 1))
    oh, ow = (height + 2 * p - kh) // s + 1, (width + 2 * p - kw) // s + 1
    six = columns.reshape(len(columns), -1, kh, kw, oh, ow)
    out = np.zeros((*six.shape[:2], height + 2 * p, width + 2 * p), columns.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u : u + s * (oh - 1) + 1 : s, v : v + s * (ow - 1) + 1 : s] += six[:, :, u, v]
    return out[:, :, p : height + p, p : width + p]
