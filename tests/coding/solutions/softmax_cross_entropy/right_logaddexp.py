def softmax_cross_entropy(logits, labels):
    total = np.logaddexp.reduce(logits, axis=1, keepdims=True)
    log_p = logits - total
    n, k = logits.shape
    own = np.take_along_axis(log_p, labels[:, None], 1)[:, 0]
    losses = -(1 - {{ smoothing }}) * own - {{ smoothing }} * log_p.mean(1)
    gradient = np.exp(log_p) - {{ smoothing }} / k
    gradient[np.arange(n), labels] -= 1 - {{ smoothing }}
    {% if reduction == "mean" %}return float(losses.mean()), gradient / n{% else %}return float(losses.sum()), gradient{% endif %}
