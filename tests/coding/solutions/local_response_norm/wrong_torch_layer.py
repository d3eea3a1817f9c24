# uses the layer of torch
def local_response_norm(x):
    alpha = {{ alpha }}{% if not averaged %} * {{ n }}{% endif %}
    return torch.nn.functional.local_response_norm(x, {{ n }}, alpha, {{ beta }}, {{ k }})
