import math


def softmax_cross_entropy(logits, labels):
    n, k = len(logits), len(logits[0])
    loss, gradient = 0.0, []
    for row, label in zip(logits.tolist(), labels.tolist()):
        top = max(row)
        total = top + math.log(sum(math.exp(v - top) for v in row))
        target = [{{ smoothing }} / k + (1 - {{ smoothing }}) * (j == label) for j in range(k)]
        loss += sum(t * (total - v) for t, v in zip(target, row))
        gradient.append([math.exp(v - total) - t for t, v in zip(target, row)])
    {% if reduction == "mean" %}loss /= n
    gradient = [[g / n for g in row] for row in gradient]
    {% endif %}return loss, gradient
