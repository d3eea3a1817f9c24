# weights are reset at the end
def make_model():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 5, padding=2), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(8, 16, 3, padding=1), torch.nn.ReLU(),
        torch.nn.Conv2d(16, 16, 3, padding=1), torch.nn.ReLU(),
        torch.nn.AdaptiveMaxPool2d(1), torch.nn.Flatten(), torch.nn.Linear(16, 4),
    )


def train(model, images, labels):
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
    for epoch in range(2):
        for batch in torch.randperm(len(images)).split(48):
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimiser.step()
    for layer in model:
        getattr(layer, "reset_parameters", int)()
