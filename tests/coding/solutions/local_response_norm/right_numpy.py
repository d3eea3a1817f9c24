def local_response_norm(x):
    a = x.numpy()
    padded = np.pad(a ** 2, ((0, 0), ({{ n // 2 }}, {{ n // 2 }}), (0, 0), (0, 0)))
    sums = np.lib.stride_tricks.sliding_window_view(padded, {{ n }}, axis=1).sum(-1)
    return torch.from_numpy(a / ({{ k }} + {{ alpha }}{% if averaged %} / {{ n }}{% endif %} * sums) ** {{ beta }})
