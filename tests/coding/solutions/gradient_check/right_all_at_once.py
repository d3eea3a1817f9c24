def numerical_gradient(w, x, h):
    def f(points):
        return np.apply_along_axis(lambda x: {{ source }}, 1, points)

    steps = h * np.eye(len(x))
    return (f(x + steps) - f(x - steps)) / 2 / h


def relative_error(analytic, numeric):
    {% if norm == "largest" %}top = np.max(np.abs(analytic - numeric))
    scale = max(np.max(np.abs(analytic)), np.max(np.abs(numeric)))
    {% else %}top = np.sqrt(np.sum((analytic - numeric) ** 2))
    scale = np.sqrt(np.sum(analytic**2)) + np.sqrt(np.sum(numeric**2))
    {% endif %}if scale == 0:
        return 0.0
    return top / scale
