# channels below only
def local_response_norm(x):
    n, c, h, w = x.shape
    out = torch.zeros_like(x)
    half = {{ n }} // 2
    for i in range(c):
        total = 0
        for j in range(max(0, i - half), i + 1):
            total = total + x[:, j] ** 2
        out[:, i] = x[:, i] / ({{ k }} + {{ alpha }} * total{% if averaged %} / {{ n }}{% endif %}) ** {{ beta }}
    return out
