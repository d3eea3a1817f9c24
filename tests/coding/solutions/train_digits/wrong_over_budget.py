# far too many parameters
def make_model():
    return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.LazyLinear(2000), torch.nn.ReLU(), torch.nn.LazyLinear(10))


def train(model, images, labels):
    model(images[:1])
