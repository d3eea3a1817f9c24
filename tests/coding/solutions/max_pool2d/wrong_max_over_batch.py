# one window for all images
def max_pool2d(x, size):
    kh, kw = size
    sh, sw = {{ s }}
    ph, pw = {{ p }}
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    oh = (h + 2 * ph - kh) // sh + 1
    ow = (w + 2 * pw - kw) // sw + 1
    out = np.zeros((n, c, oh, ow), dtype=x.dtype)
    for image in range(n):
        for channel in range(c):
            for i in range(oh):
                for j in range(ow):
                    window = xp[:, channel, i * sh : i * sh + kh, j * sw : j * sw + kw]
                    out[image, channel, i, j] = np.max(window)
    return out


def max_pool2d_backward(dy, x, size):
    kh, kw = size
    sh, sw = {{ s }}
    ph, pw = {{ p }}
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    dxp = np.zeros_like(xp)
    for image in range(n):
        for channel in range(c):
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    window = xp[:, channel, i * sh : i * sh + kh, j * sw : j * sw + kw]
                    a, b = divmod(int(np.argmax(window)), kw)
                    dxp[:, channel, i * sh + a, j * sw + b] += dy[image, channel, i, j]
    return dxp[:, :, ph : ph + h, pw : pw + w]
