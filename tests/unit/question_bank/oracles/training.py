import math
import re

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader

from oracles.kit import oracle


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@oracle("training/softmax_cross_entropy")
def softmax_cross_entropy(v):
    logits, labels = double(v.logits), torch.tensor([v.label1, v.label2])
    losses = F.cross_entropy(logits, labels, reduction="none")
    p = F.softmax(logits, dim=1)[0, v.label1].item()
    return {"p": p, "loss1": losses[0].item(), "loss": F.cross_entropy(logits, labels).item()}


@oracle("training/logit_gradient")
def logit_gradient(v):
    z = double(v.logits).requires_grad_()
    F.cross_entropy(z, torch.tensor([v.label])).backward()
    batch = z.detach().repeat(v.batch, 1).requires_grad_()
    F.cross_entropy(batch, torch.full((v.batch,), v.label)).backward()
    return {"dz": tuple(z.grad[0].tolist()), "batched": batch.grad[0, v.label].item()}


@oracle("training/initial_loss")
def initial_loss(v):
    """A network that knows nothing; one whose logits are too large; one that sees the labels."""
    torch.manual_seed(0)
    labels = torch.arange(v.classes)
    new, wild = torch.zeros(v.classes, v.classes), 8 * torch.randn(v.classes, v.classes)
    knowing = 3 * F.one_hot(labels, v.classes).float() + new
    typical = F.cross_entropy(new, labels).item()
    observed = float(re.search(r"loss of ([\d.]+)\.", v.prompt("verdict"))[1])
    if 0.9 < observed / typical < 1.1:
        word = "guessing gives"
    else:
        above = F.cross_entropy(wild, labels).item() > typical > F.cross_entropy(knowing, labels).item()
        assert above  # too large weights lead above, knowledge leads below
        word = "too large" if observed > typical else "leak"
    verdict = next(option for option in v.options if word in option)
    return {"loss": typical, "accuracy": 100 * F.softmax(new, dim=1)[0, 0].item(), "verdict": verdict}


@oracle("training/top_k")
def top_k(v):
    scores, classes = torch.tensor(v.scores), torch.tensor(v.classes[0])
    order = scores.argsort(dim=1, descending=True)
    rank = (order == classes[:, None]).int().argmax(dim=1) + 1

    def error(k):
        hits = (scores.topk(k, dim=1).indices == classes[:, None]).any(dim=1)
        return 100 * (1 - hits.double().mean()).item()

    return {"rank": tuple(rank.tolist()), "top1": error(1), "topk": error(v.k)}


@oracle("training/confusion_matrix")
def confusion_matrix(v):
    """From lists of images, one entry each."""
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(v.matrix()[i][j])]
    first, second = torch.tensor(pairs).T
    true, predicted = (first, second) if v.rows == "true" else (second, first)
    precision = (true[predicted == v.c] == v.c).double().mean().item()
    recall = (predicted[true == v.c] == v.c).double().mean().item()
    f1 = 1 / ((1 / precision + 1 / recall) / 2)
    return {"accuracy": (true == predicted).double().mean().item(), "precision": precision, "recall": recall, "f1": f1}


@oracle("training/weight_scale")
def weight_scale(v):
    layer = nn.Conv2d(v.channels, v.filters, v.k, padding=v.k // 2, device="meta")
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(layer.weight)
    he = nn.init.calculate_gain("relu") / fan_in**0.5
    xavier = torch.tensor([fan_in, fan_out], dtype=torch.float64).mean().rsqrt().item()
    return {"fan_in": fan_in, "he": he, "fan_out": fan_out, "xavier": xavier}


def trained(optimiser, gradients, w, **options):
    """The weight after each step, with the gradients given as functions of the weight."""
    weight = double([float(w)]).requires_grad_()
    steps = optimiser([weight], **options)
    found = []
    for gradient in gradients:
        weight.grad = gradient(weight.detach()).reshape(1)
        steps.step()
        found.append(weight.item())
    return found


@oracle("training/momentum")
def momentum(v):
    gradients = [lambda w: v.a * w] * 2
    sgd = torch.optim.SGD
    return {
        "plain": trained(sgd, gradients, v.w, lr=v.rate)[1],
        "momentum": trained(sgd, gradients, v.w, lr=v.rate, momentum=v.mu)[1],
        "nesterov": trained(sgd, gradients, v.w, lr=v.rate, momentum=v.mu, nesterov=True)[1],
    }


@oracle("training/adam")
def adam(v):
    gradients = [lambda w, g=g: double([float(g)]) for g in (v.g1, v.g2)]
    found = trained(torch.optim.Adam, gradients, v.w, lr=v.rate, betas=(v.beta1, v.beta2), eps=1e-12)
    return {"first": found[0], "second": found[1]}


@oracle("training/weight_decay")
def weight_decay(v):
    options = {"lr": v.rate, "weight_decay": v.decay}
    one = [lambda w: double([float(v.g)])]
    return {
        "sgd": trained(torch.optim.SGD, one, v.w, **options)[0],
        "adam": trained(torch.optim.Adam, one, v.w, eps=1e-12, **options)[0],
        "adamw": trained(torch.optim.AdamW, one, v.w, eps=1e-12, **options)[0],
    }


@oracle("training/iterations")
def iterations(v):
    loader = DataLoader(range(v.images), v.batch, drop_last=v.drop_last)
    sizes = [len(indices) for indices in loader.batch_sampler]
    return {"per_epoch": len(sizes), "steps": sum(len(loader) for _ in range(v.epochs)), "last": sizes[-1]}


def rates(scheduler, epochs, start, **options):
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=start)
    schedule = scheduler(optimiser, **options)
    found = []
    for _ in range(epochs):
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    return found


@oracle("training/step_schedule")
def step_schedule(v):
    found = rates(torch.optim.lr_scheduler.StepLR, 12 * v.every, v.start, step_size=v.every, gamma=v.factor)
    low = next(epoch for epoch, rate in enumerate(found) if rate < v.start / v.parts_of * (1 - 1e-9))
    return {"value": found[v.epoch], "low": low}


@oracle("training/cosine_schedule")
def cosine_schedule(v):
    rise = rates(torch.optim.lr_scheduler.LinearLR, v.warm, v.peak, start_factor=1 / v.warm, total_iters=v.warm - 1)
    fall = rates(torch.optim.lr_scheduler.CosineAnnealingLR, v.total - v.warm, v.peak, T_max=v.total - v.warm)
    return {"rising": rise[v.early], "falling": fall[v.late - v.warm]}


@oracle("training/augmentation")
def augmentation(v):
    padded = F.pad(torch.empty(1, 1, v.n, v.n, device="meta"), (v.p,) * 4)
    positions = F.unfold(padded, v.c).shape[-1]
    image = torch.full((1, 3, 1, 1), v.value, dtype=torch.uint8).double() / 255
    red = F.batch_norm(image, double([v.mean] * 3), double([v.deviation] * 3) ** 2, eps=0.0)[0, 0].item()
    # A step of the evaluation may not change from one call to the next.
    test = tuple(option for option in v.options if "random" not in option)
    return {"positions": positions, "versions": 2 * positions, "red": red, "test": test}


@oracle("training/dropout")
def dropout(v):
    torch.manual_seed(0)
    x, layer = double(v.x), nn.Dropout(v.p)
    y = x * double(v.mask) * layer(torch.ones(1000, dtype=torch.float64)).max()
    seen = layer(x[0, v.which].expand(1000)).unique()
    chance = double([v.p, 1 - v.p] if seen[0].abs() < seen[1].abs() else [1 - v.p, v.p])
    return {
        "y": tuple(y[0].tolist()),
        "expected": (seen * chance).sum().item(),
        "test": layer.eval()(x)[0, v.which].item(),
    }


@oracle("training/diagnose_curves")
def diagnose_curves(v):
    """What a reader sees in the curves: where they end, how they move, how far apart they are."""
    train, validation = (
        torch.tensor(values, dtype=torch.float64) / math.log(v.classes) for values in v.series().values()
    )
    last = train[-len(train) // 5 :]
    if train[-1] > train[0] or train.diff().clamp(min=0).sum() > 0.5:
        word, help_ = "too high", "smaller learning rate"
    elif validation[-1] > 1.2 * validation.min() and train[-1] < 0.2:
        word, help_ = "overfits", "stop earlier"
    elif train[-1] < 0.25:
        word, help_ = "nothing", "as it is"
    elif (last[0] - last[-1]) * 5 > 0.7 * (train[0] - train[-1]):
        word, help_ = "too low", "larger learning rate"
    else:
        word, help_ = "underfits", "larger network"
    return {
        "diagnosis": next(option for option in v.options if word in option),
        "remedy": next(option for option in v.remedies if help_ in option),
    }
