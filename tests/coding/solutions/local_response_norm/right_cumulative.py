def local_response_norm(x):
    half = {{ n // 2 }}
    squares = x.double().square().cumsum(1)
    squares = torch.cat([torch.zeros_like(squares[:, :1]), squares], 1)
    c = x.shape[1]
    channels = torch.arange(c)
    sums = squares[:, (channels + half + 1).clamp(max=c)] - squares[:, (channels - half).clamp(min=0)]
    scale = {{ k }} + {{ alpha }} * sums{% if averaged %} / {{ n }}{% endif %}
    return (x / scale.pow({{ beta }})).to(x.dtype)
