def filter_image(image, kernel):
    """By the convolution theorem; a correlation turns the kernel first."""
    kh, kw = kernel.shape
    x = np.pad(image.astype(float), ((kh // 2,) * 2, (kw // 2,) * 2), "{{ {"zeros": "constant", "the nearest pixel": "edge"}.get(border, "reflect") }}")
    k = kernel if {{ flip }} else kernel[::-1, ::-1]
    size = [n + m - 1 for n, m in zip(x.shape, k.shape)]
    full = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(k, size), size)
    return full[kh - 1 : kh - 1 + image.shape[0], kw - 1 : kw - 1 + image.shape[1]]


def edges(image):
    a = np.pad(image.astype(float), 1, "{{ {"zeros": "constant", "the nearest pixel": "edge"}.get(border, "reflect") }}")
    dx, dy = a[:, 2:] - a[:, :-2], a[2:] - a[:-2]
    gx = dx[:-2] + 2 * dx[1:-1] + dx[2:]
    gy = dy[:, :-2] + 2 * dy[:, 1:-1] + dy[:, 2:]
    return {% if length %}(gx**2 + gy**2) ** 0.5{% else %}np.abs(gx) + np.abs(gy){% endif %}
