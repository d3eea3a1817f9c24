def conv2d(x, w, b):
    nhwc = "{{ layout }}" == "NHWC"
    if nhwc:
        x, w = x.transpose(0, 3, 1, 2), w.transpose(3, 2, 0, 1)
    (sh, sw), (ph, pw) = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    oh, ow = (height + 2 * ph - kh) // sh + 1, (width + 2 * pw - kw) // sw + 1
    size = xp.shape[2:]
    product = (np.fft.rfft2(xp)[:, None] * np.conj(np.fft.rfft2(w, s=size))[None]).sum(2)
    y = np.fft.irfft2(product, s=size)[:, :, : size[0] - kh + 1 : sh, : size[1] - kw + 1 : sw] + b[:, None, None]
    return y.transpose(0, 2, 3, 1) if nhwc else y
