from numpy.lib.stride_tricks import sliding_window_view


def filter_image(image, kernel):
    pads = [(k // 2, k // 2) for k in kernel.shape]
    windows = sliding_window_view(np.pad(image.astype(float), pads, "{{ {"zeros": "constant", "the nearest pixel": "edge"}.get(border, "reflect") }}"), kernel.shape)
    return np.einsum("hwab,ab->hw", windows, np.flip(kernel) if {{ flip }} else kernel)


def edges(image):
    smooth, slope = np.array([1.0, 2, 1]), np.array([-1.0, 0, 1])
    g = [filter_image(image, np.outer(smooth, slope)), filter_image(image, np.outer(slope, smooth))]
    return np.linalg.norm(g, ord=2 if {{ length }} else 1, axis=0)
