# a constant in the divisor
def f(w, x):
    return {{ source }}


def numerical_gradient(w, x, h):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(x.size):
        old = x[i]
        x[i] = old + h
        up = f(w, x)
        x[i] = old - h
        down = f(w, x)
        x[i] = old
        gradient[i] = (up - down) / (2 * h)
    return gradient


def relative_error(analytic, numeric):
    {% if norm == "largest" %}top = np.max(np.abs(analytic - numeric))
    scale = max(np.max(np.abs(analytic)), np.max(np.abs(numeric)))
    {% else %}top = np.sqrt(np.sum((analytic - numeric) ** 2))
    scale = np.sqrt(np.sum(analytic**2)) + np.sqrt(np.sum(numeric**2))
    {% endif %}if scale == 0:
        return 0.0
    return top / (scale + 1e-8)
