# the maximum of the whole batch is subtracted
def softmax_cross_entropy(logits, labels):
    n, k = logits.shape
    z = logits - logits.max()
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    log_p = z - np.log(e.sum(axis=1, keepdims=True))
    onehot = np.zeros((n, k))
    onehot[np.arange(n), labels] = 1
    t = (1 - {{ smoothing }}) * onehot + {{ smoothing }} / k
    loss = -np.sum(t * log_p)
    grad = p - t
    {% if reduction == "mean" %}loss = loss / n
    grad = grad / n
    {% endif %}return loss, grad
