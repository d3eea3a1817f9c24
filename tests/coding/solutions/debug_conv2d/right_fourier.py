def conv2d(x, w, b):
    s, p, kind = {{ s }}, {{ p }}, x.dtype
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))).astype(np.float64)
    kh, kw = w.shape[2:]
    size = x.shape[2:]
    product = np.einsum("nchw,fchw->nfhw", np.fft.rfft2(x), np.fft.rfft2(w, s=size).conj())
    full = np.fft.irfft2(product, s=size)[:, :, : size[0] - kh + 1 : s, : size[1] - kw + 1 : s]
    return (full + b[:, None, None]).astype(kind)
