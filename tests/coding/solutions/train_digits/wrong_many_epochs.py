# so small a step that it takes 300 epochs, where 60 are allowed
def make_model():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(16, 20, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(80, 10),
    )


def train(model, images, labels):
    optimiser = torch.optim.SGD(model.parameters(), lr=0.02)
    for epoch in range(300):
        for batch in torch.randperm(len(images)).split(64):
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimiser.step()
