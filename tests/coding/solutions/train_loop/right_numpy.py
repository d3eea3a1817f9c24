def train_loop(weight, bias, images, labels, epochs):
    w, b, x, y = (t.numpy().astype(np.float64) for t in (weight, bias, images, labels))
    y = y.astype(int)
    v, c = np.zeros_like(w), np.zeros_like(b)
    for _ in range(epochs):
        for i in range(0, len(x), {{ batch }}):
            xb, yb = x[i : i + {{ batch }}], y[i : i + {{ batch }}]
            z = xb @ w.T + b
            p = np.exp(z - z.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            p[np.arange(len(yb)), yb] -= 1
            v = {{ momentum }} * v + p.T @ xb / len(xb)
            c = {{ momentum }} * c + p.mean(0)
            w = w - {{ lr }} * v
            b = b - {{ lr }} * c
    return w, b
