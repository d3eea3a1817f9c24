def f(w, x):
    return {{ source }}


def numerical_gradient(w, x, h):
    return np.array([f(w, x + h * e) - f(w, x - h * e) for e in np.eye(len(x))]) / (2 * h)


def relative_error(analytic, numeric):
    order = {% if norm == "largest" %}np.inf{% else %}2{% endif %}
    d, a, b = (np.linalg.norm(v, order) for v in (analytic - numeric, analytic, numeric))
    scale = {% if norm == "largest" %}max(a, b){% else %}a + b{% endif %}
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(d / scale)
