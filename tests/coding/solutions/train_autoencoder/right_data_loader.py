def make_model():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, stride=2, padding=1), torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 3, stride=2, padding=1), torch.nn.ReLU(), torch.nn.Flatten(),
        torch.nn.Linear(128, {{ latent }}), torch.nn.Linear({{ latent }}, 128), torch.nn.ReLU(),
        torch.nn.Unflatten(1, (32, 2, 2)),
        torch.nn.ConvTranspose2d(32, 16, 2, stride=2), torch.nn.ReLU(), torch.nn.ConvTranspose2d(16, 1, 2, stride=2),
    )


def train(model, images, labels):
    data = torch.utils.data.TensorDataset(images, labels)
    loader = torch.utils.data.DataLoader(data, batch_size=40, shuffle=True)
    criterion = torch.nn.MSELoss()
    optimiser = torch.optim.RMSprop(model.parameters(), lr=1.5e-3)
    for epoch in range(35):
        for group in optimiser.param_groups:
            group["lr"] = 1.5e-3 * (1 - epoch / 35)
        for x, y in loader:
            optimiser.zero_grad()
            criterion(model(x), x).backward()
            optimiser.step()
