def make_model():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, stride=2, padding=1), torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 3, stride=2, padding=1), torch.nn.ReLU(), torch.nn.Flatten(),
        torch.nn.Linear(128, {{ latent }}), torch.nn.Linear({{ latent }}, 128), torch.nn.ReLU(),
        torch.nn.Unflatten(1, (32, 2, 2)),
        torch.nn.ConvTranspose2d(32, 16, 2, stride=2), torch.nn.ReLU(), torch.nn.ConvTranspose2d(16, 1, 2, stride=2),
    )


def train(model, images, labels):
    """Adam written out."""
    parameters = list(model.parameters())
    m = [torch.zeros_like(p) for p in parameters]
    v = [torch.zeros_like(p) for p in parameters]
    step = 0
    for epoch in range(35):
        for batch in torch.randperm(len(images)).split(48):
            grads = torch.autograd.grad(torch.nn.functional.mse_loss(model(images[batch]), images[batch]), parameters)
            step += 1
            with torch.no_grad():
                for p, g, a, b in zip(parameters, grads, m, v):
                    a.mul_(0.9).add_(0.1 * g)
                    b.mul_(0.999).add_(0.001 * g * g)
                    p -= 3e-3 * (a / (1 - 0.9**step)) / ((b / (1 - 0.999**step)).sqrt() + 1e-8)
