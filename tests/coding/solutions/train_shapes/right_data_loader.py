def make_model():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 5, padding=2), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(8, 16, 3, padding=1), torch.nn.ReLU(),
        torch.nn.Conv2d(16, 16, 3, padding=1), torch.nn.ReLU(),
        torch.nn.AdaptiveMaxPool2d(1), torch.nn.Flatten(), torch.nn.Linear(16, 4),
    )


def train(model, images, labels):
    data = torch.utils.data.TensorDataset(images, labels)
    loader = torch.utils.data.DataLoader(data, batch_size=40, shuffle=True)
    criterion = torch.nn.CrossEntropyLoss()
    optimiser = torch.optim.RMSprop(model.parameters(), lr=1.5e-3)
    for epoch in range(25):
        for group in optimiser.param_groups:
            group["lr"] = 1.5e-3 * (1 - epoch / 25)
        for x, y in loader:
            optimiser.zero_grad()
            criterion(model(x), y).backward()
            optimiser.step()
