import numpy as np


def transposed_conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    x, w, b = (t.numpy() for t in (x, w, b))
    w = w if "{{ order }}" == "CF" else np.swapaxes(w, 0, 1)
    (n, c, h, wd), (_, f, kh, kw) = x.shape, w.shape
    out = np.zeros((n, f, s * (h - 1) + kh - 2 * p, s * (wd - 1) + kw - 2 * p), dtype=x.dtype)
    for r in range(out.shape[2]):
        for q in range(out.shape[3]):
            for i in range(h):
                for j in range(wd):
                    u, v = r + p - s * i, q + p - s * j
                    if 0 <= u < kh and 0 <= v < kw:
                        out[:, :, r, q] += x[:, :, i, j] @ w[:, :, u, v]
    return out + b[None, :, None, None]
