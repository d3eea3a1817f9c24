import numpy as np


def conv2d(x, w, b):
    x, w, b = x.numpy(), w.numpy(), b.numpy()
    p, d, s = {{ p }}, {{ d }}, {{ s }}
    x = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    per = len(w) // {{ g }}
    windows = np.lib.stride_tricks.sliding_window_view(
        x, (d * (w.shape[2] - 1) + 1, d * (w.shape[3] - 1) + 1), axis=(2, 3)
    )[:, :, ::s, ::s, ::d, ::d]
    outs = []
    for k, kernel in enumerate(w):
        first = k // per * w.shape[1]
        outs.append(np.tensordot(windows[:, first : first + w.shape[1]], kernel, ([1, 4, 5], [0, 1, 2])) + b[k])
    return torch.from_numpy(np.stack(outs, 1))
