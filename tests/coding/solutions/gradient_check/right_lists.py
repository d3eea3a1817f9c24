def numerical_gradient(w, x, h):
    def f(x):
        return float({{ source }})

    found = []
    for i in range(len(x)):
        up, down = x.astype(float).tolist(), x.astype(float).tolist()
        up[i] += h
        down[i] -= h
        found.append((f(up) - f(down)) / (2 * h))
    return found


def relative_error(analytic, numeric):
    a, b = analytic.tolist(), numeric.tolist()
    if not any(a) and not any(b):
        return 0
    {% if norm == "largest" %}return max(abs(u - v) for u, v in zip(a, b)) / max(map(abs, a + b))
    {% else %}length = lambda v: sum(u * u for u in v) ** 0.5
    return length([u - v for u, v in zip(a, b)]) / (length(a) + length(b))
    {% endif %}
