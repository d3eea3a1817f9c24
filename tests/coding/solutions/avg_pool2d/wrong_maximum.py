# the maximum in the forward pass
def avg_pool2d(x, size):
    kh, kw = size
    sh, sw = {{ s }}
    ph, pw = {{ p }}
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    real = np.pad(np.ones((h, w)), ((ph, ph), (pw, pw)))
    oh = (h + 2 * ph - kh) // sh + 1
    ow = (w + 2 * pw - kw) // sw + 1
    out = np.zeros((n, c, oh, ow), dtype=x.dtype)
    for image in range(n):
        for channel in range(c):
            for i in range(oh):
                for j in range(ow):
                    window = xp[image, channel, i * sh : i * sh + kh, j * sw : j * sw + kw]
                    count = real[i * sh : i * sh + kh, j * sw : j * sw + kw].sum()
                    if {{ counted }}:
                        count = kh * kw
                    out[image, channel, i, j] = window.max()
    return out


def avg_pool2d_backward(dy, x, size):
    kh, kw = size
    sh, sw = {{ s }}
    ph, pw = {{ p }}
    n, c, h, w = x.shape
    real = np.pad(np.ones((h, w)), ((ph, ph), (pw, pw)))
    dxp = np.zeros((n, c, h + 2 * ph, w + 2 * pw), dtype=dy.dtype)
    for image in range(n):
        for channel in range(c):
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    count = real[i * sh : i * sh + kh, j * sw : j * sw + kw].sum()
                    if {{ counted }}:
                        count = kh * kw
                    dxp[image, channel, i * sh : i * sh + kh, j * sw : j * sw + kw] += dy[image, channel, i, j] / count
    return dxp[:, :, ph : ph + h, pw : pw + w]
