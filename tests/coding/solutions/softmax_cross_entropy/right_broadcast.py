def softmax_cross_entropy(logits, labels):
    """Softmax by differences of logits: 1 / sum exp(z_j - z_i), where an infinite sum gives 0."""
    n, k = logits.shape
    with np.errstate(over="ignore"):
        p = 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(2)
    top = logits.max(1)
    log_sum = top + np.log(np.exp(logits - top[:, None]).sum(1))
    t = (1 - {{ smoothing }}) * (labels[:, None] == np.arange(k)) + {{ smoothing }} / k
    scale = {% if reduction == "mean" %}1 / n{% else %}1{% endif %}
    return np.float64((log_sum - (t * logits).sum(1)).sum() * scale), (p - t) * scale
