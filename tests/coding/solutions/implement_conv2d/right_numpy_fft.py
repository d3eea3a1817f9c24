import numpy as np


def conv2d(x, w, b):
    s, p = {{ s }}, {{ p }}
    kh, kw = w.shape[2:]
    a = np.pad(x.numpy(), ((0, 0), (0, 0), (p, p), (p, p)))
    size = a.shape[2:]
    spectrum = np.fft.rfft2(a)[:, None] * np.fft.rfft2(w.numpy(), s=size)[None].conj()
    y = np.fft.irfft2(spectrum.sum(2), s=size)[:, :, : size[0] - kh + 1 : s, : size[1] - kw + 1 : s]
    return torch.from_numpy(y.copy()) + b[:, None, None]
