# another loss
def train_loop(weight, bias, images, labels, epochs):
    model = torch.nn.Linear(weight.shape[1], weight.shape[0])
    with torch.no_grad():
        model.weight.copy_(weight)
        model.bias.copy_(bias)
    optimiser = torch.optim.SGD(model.parameters(), lr={{ lr }}, momentum={{ momentum }})
    for epoch in range(epochs):
        for i in range(0, len(images), {{ batch }}):
            x = images[i : i + {{ batch }}]
            y = labels[i : i + {{ batch }}]
            optimiser.zero_grad()
            loss = torch.nn.functional.mse_loss(model(x).softmax(1), torch.eye(len(bias))[y])
            loss.backward()
            optimiser.step()
    return model.weight.detach(), model.bias.detach()
