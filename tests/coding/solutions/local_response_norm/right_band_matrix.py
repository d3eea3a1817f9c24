def local_response_norm(x):
    index = torch.arange(x.shape[1])
    band = ((index[:, None] - index).abs() <= {{ n // 2 }}).to(x.dtype)
    sums = torch.einsum("ij,njhw->nihw", band, x * x)
    return x * torch.exp(-{{ beta }} * torch.log({{ k }} + sums * ({{ alpha }}{% if averaged %} / {{ n }}{% endif %})))
