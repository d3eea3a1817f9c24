# the bias is forgotten
# misconception: IGNORED_BIAS
def conv2d(x, w, b):
    nhwc = "{{ layout }}" == "NHWC"
    if nhwc:
        x, w = x.transpose(0, 3, 1, 2), w.transpose(3, 2, 0, 1)
    (sh, sw), (ph, pw) = {{ s }}, {{ p }}
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    oh, ow = (height + 2 * ph - kh) // sh + 1, (width + 2 * pw - kw) // sw + 1
    y = np.zeros((n, f, oh, ow), dtype=x.dtype)
    for image in range(n):
        for k in range(f):
            for i in range(oh):
                for j in range(ow):
                    patch = xp[image, :, i * sh : i * sh + kh, j * sw : j * sw + kw]
                    y[image, k, i, j] = np.sum(patch * w[k])
    return y.transpose(0, 2, 3, 1) if nhwc else y
