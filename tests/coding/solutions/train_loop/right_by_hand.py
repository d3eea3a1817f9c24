def train_loop(weight, bias, images, labels, epochs):
    """No autograd: the gradient of softmax cross-entropy is p - y."""
    w, b = weight.clone(), bias.clone()
    vw, vb = torch.zeros_like(w), torch.zeros_like(b)
    for epoch in range(epochs):
        for x, y in zip(images.split({{ batch }}), labels.split({{ batch }})):
            error = torch.softmax(x @ w.T + b, 1) - torch.eye(len(b))[y]
            vw = {{ momentum }} * vw + error.T @ x / len(x)
            vb = {{ momentum }} * vb + error.mean(0)
            w -= {{ lr }} * vw
            b -= {{ lr }} * vb
    return w, b
