def make_model():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, stride=2, padding=1), torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 3, stride=2, padding=1), torch.nn.ReLU(), torch.nn.Flatten(),
        torch.nn.Linear(128, {{ latent }}), torch.nn.Linear({{ latent }}, 128), torch.nn.ReLU(),
        torch.nn.Unflatten(1, (32, 2, 2)),
        torch.nn.ConvTranspose2d(32, 16, 2, stride=2), torch.nn.ReLU(), torch.nn.ConvTranspose2d(16, 1, 2, stride=2),
    )


def train(model, images, labels):
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
    for epoch in range(35):
        for batch in torch.randperm(len(images)).split(48):
            optimiser.zero_grad()
            torch.nn.functional.mse_loss(model(images[batch]), images[batch]).backward()
            optimiser.step()
