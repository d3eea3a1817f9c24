class Autoencoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = torch.nn.Conv2d(1, 16, 3, 2, 1)
        self.down2 = torch.nn.Conv2d(16, 32, 3, 2, 1)
        self.squeeze = torch.nn.Linear(128, {{ latent }})
        self.widen = torch.nn.Linear({{ latent }}, 128)
        self.up1 = torch.nn.ConvTranspose2d(32, 16, 2, 2)
        self.up2 = torch.nn.ConvTranspose2d(16, 1, 2, 2)

    def forward(self, x):
        x = torch.relu(self.down2(torch.relu(self.down1(x))))
        x = torch.relu(self.widen(self.squeeze(x.flatten(1)))).view(-1, 32, 2, 2)
        return self.up2(torch.relu(self.up1(x)))


def make_model():
    return Autoencoder()


def train(model, images, labels):
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=1e-4)
    steps = 35 * -(-len(images) // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 8e-3, total_steps=steps)
    for epoch in range(35):
        for batch in torch.randperm(len(images)).split(64):
            loss = torch.nn.functional.mse_loss(model(images[batch]), images[batch])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
