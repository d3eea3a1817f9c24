def conv2d(x, w, b):
    nhwc = "{{ layout }}" == "NHWC"
    if nhwc:
        x, w = x.transpose(0, 3, 1, 2), w.transpose(3, 2, 0, 1)
    (sh, sw), (ph, pw) = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    oh, ow = (height + 2 * ph - kh) // sh + 1, (width + 2 * pw - kw) // sw + 1
    xs, ws = xp.tolist(), w.tolist()
    y = [
        [
            [
                [
                    float(b[k]) + sum(
                        xs[m][ch][i * sh + u][j * sw + v] * ws[k][ch][u][v]
                        for ch in range(c) for u in range(kh) for v in range(kw)
                    )
                    for j in range(ow)
                ]
                for i in range(oh)
            ]
            for k in range(f)
        ]
        for m in range(n)
    ]
    y = np.array(y)
    return y.transpose(0, 2, 3, 1) if nhwc else y
