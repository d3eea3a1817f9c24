"""Networks are proven: with the same parameters, the same outputs. Training is judged by images never seen."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from autograder.checkers.code import judge
from autograder.checkers.network import network_difference, read
from autograder.inprocess import respond
from autograder.responses import Raised, Unreadable
from question_bank import Misconception, integers, model, template, training
from question_bank.datasets import Dataset

NO_RELU = Misconception("no activation", "There is no activation.")


def two_layers(inputs, outputs, activation=nn.ReLU):
    return nn.Sequential(nn.Linear(inputs, 4), activation(), nn.Linear(4, outputs))


@template(topics=["test"])
class Nets:
    __module__ = "bank.tests.nets"
    stem = "Build it."
    n: int = integers(2, 5)

    @model(points={"two": 1, "many": 3})
    def net(q, outputs: int) -> nn.Module:
        """A net."""
        return two_layers(q.n, outputs)

    net.visible("seen", "two", outputs=2, images=lambda q: (1, q.n))
    net.hidden("two outputs", "two", outputs=2, images=lambda q: (6, q.n))
    net.hidden("many outputs", "many", outputs=10**6, images=None)
    net.mistake(NO_RELU, lambda q, outputs: two_layers(q.n, outputs, nn.Identity))
    solution = ""


PART, VARIANT = Nets.parts["net"], Nets(n=3)
ARGUMENTS = [tuple(case.inputs(VARIANT, "seed").values()) for case in PART.cases]


def judged(build):
    return judge(PART, VARIANT, ARGUMENTS, [respond(PART, {"net": build}, given) for given in ARGUMENTS])


def messages(build):
    return [case.message for case in judged(build).cases]


class Own(nn.Module):
    """The same network, written by someone else: other names, functions instead of layers."""

    def __init__(self, outputs):
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.last = nn.Linear(4, outputs)

    def forward(self, x):
        return self.last(torch.clamp(self.first(x), min=0))


def test_the_starter_names_modules_as_notebooks_import_them():
    assert PART.starter(VARIANT).startswith("def net(outputs: int) -> torch.nn.Module:\n")


@pytest.mark.parametrize("build", [lambda outputs: two_layers(3, outputs), Own])
def test_a_right_network_passes_however_it_is_written(build):
    assert messages(build) == ["", "", ""]
    assert judged(build).fraction == 1


def test_a_known_slip_is_named():
    found = judged(lambda outputs: two_layers(3, outputs, nn.Identity))
    assert (found.misconception, found.fraction) == (NO_RELU, 0.75)  # its shapes are right


def test_another_function_of_the_same_shapes_is_told():
    [_, message, _] = messages(lambda outputs: two_layers(3, outputs, nn.Tanh))
    assert message.startswith("the parameters have the right shapes, but the outputs are not")


def test_a_wrong_shape_is_named_with_the_counts():
    [_, message, large] = messages(lambda outputs: nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, outputs)))
    assert message == (
        "0.weight has the shape (5, 3), expected (4, 3); 32 numbers in parameters and buffers, expected 26"
    )
    assert "expected 5,000,016" in large


def test_layers_made_in_another_order_are_told():
    class Backwards(Own):
        def __init__(self, outputs):
            nn.Module.__init__(self)
            self.last = nn.Linear(4, outputs)
            self.first = nn.Linear(3, 4)

    assert "made in another order" in messages(Backwards)[1]


@pytest.mark.parametrize(
    "build, told",
    [
        (lambda outputs: None, "raised NoNetwork: <lambda> returned NoneType, expected an nn.Module"),
        (lambda outputs: 1 / 0, "raised ZeroDivisionError: division by zero"),
        (lambda outputs: nn.Identity(), "0 tensors of parameters and buffers, expected 4"),
    ],
)
def test_what_is_no_such_network_is_told(build, told):
    assert messages(build)[1].startswith(told)


@pytest.mark.parametrize(
    "result",
    [
        None,
        ...,
        3,
        [],
        Unreadable("a dict"),
        Raised("E", "m"),
        [["a"], [], None, ""],
        [["a"], ["b"], None, ""],
        [["a"], [[-1]], None, ""],
        [["a"], [[10**30, 2]], None, ""],
        [[1], [[2]], None, ""],
        [["a"], [np.ones(3)], None, 5],
        [["a"] * 4, [np.ones((4, 3)), np.ones(4), np.ones((2, 4)), np.ones(2)], "no tensor", ""],
        [["a"] * 4, [[4, 3], [4], [2, 4], [2]], np.zeros((6, 2)), ""],
        [["a"] * 4, [np.ones((4, 3)), np.ones(4), np.ones((2, 4)), np.ones(2)], np.full((6, 2), np.nan), ""],
        [["a"] * 4, [np.ones((4, 3)), np.ones(4), np.ones((2, 4)), np.ones(2)], np.zeros((0, 2)), ""],
    ],
)
def test_a_forged_claim_earns_nothing(result):
    found = judge(PART, VARIANT, ARGUMENTS, [result] * 3)
    assert found.fraction == 0
    assert all(case.message for case in found.cases)


def test_forged_outputs_are_compared_with_those_of_our_own():
    names, shapes, outputs, _ = respond(PART, {"net": Own}, ARGUMENTS[1])
    assert judge(PART, VARIANT, ARGUMENTS, [[names, shapes, outputs, ""]] * 3).cases[1].passed
    assert not judge(PART, VARIANT, ARGUMENTS, [[names, shapes, outputs + 0.1, ""]] * 3).cases[1].passed


def test_parameters_that_hide_the_layers_do_not_help():
    def zeros(outputs):
        network = two_layers(3, outputs, nn.Tanh)
        for parameter in network.parameters():
            nn.init.zeros_(parameter)
        return network

    assert not judged(zeros).cases[1].passed


def deep(activation):
    layers = [nn.Linear(3, 16), activation()]
    for _ in range(20):
        layers += [nn.Linear(16, 16), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(16, 2))


def test_a_slip_in_an_early_layer_of_a_deep_network_shows():
    images = ARGUMENTS[1][1]
    found = respond(PART, {"net": lambda outputs: deep(nn.Identity)}, (2, images))
    assert network_difference(lambda outputs: deep(nn.Identity), (2, images), found, 1e-4) == ""
    assert network_difference(lambda outputs: deep(nn.ReLU), (2, images), found, 1e-4) != ""


def test_scales_and_statistics_of_a_normalisation_are_compared():
    def normed(eps=1e-5):
        return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4, eps=eps))

    images = ARGUMENTS[1][1]
    found = respond(PART, {"net": lambda outputs: normed()}, (2, images))
    assert network_difference(lambda outputs: normed(), (2, images), found, 1e-4) == ""
    assert network_difference(lambda outputs: normed(0.1), (2, images), found, 1e-4) != ""


def test_lazy_layers_are_told():
    assert "is lazy" in messages(lambda outputs: nn.Sequential(nn.LazyLinear(4), nn.ReLU(), nn.Linear(4, outputs)))[1]


@pytest.mark.parametrize(
    "build",
    [
        lambda outputs: two_layers(3, 5).to("cpu"),
        lambda outputs: two_layers(3, 5)(torch.ones(2, 3, device="cpu")) is None or two_layers(3, 5),
        lambda outputs: two_layers(3, 4 + int(torch.ones(()).item())),
    ],
)
def test_code_that_names_a_device_is_run_with_memory(build):
    assert respond(PART, {"net": build}, (5, None))[1] == [[4, 3], [4], [5, 4], [5]]


def test_a_list_that_the_code_changes_is_its_own():
    def popping(sizes):
        return nn.Linear(sizes.pop(), sizes.pop())

    sizes = [2, 3]
    assert respond(PART, {"net": popping}, (sizes, ARGUMENTS[1][1]))[2].shape == (6, 2)
    assert sizes == [2, 3]


# Training


def points(seed, count=60):
    """Two clouds that a line divides."""
    pick = np.random.default_rng(abs(hash(seed)) % 1000)
    labels = pick.integers(0, 2, 2 * count)
    images = (pick.normal(0, 0.3, (2 * count, 2)) + 2 * labels[:, None]).astype("float32")
    return Dataset(images[:count], labels[:count], images[count:], labels[count:])


@template(topics=["test"])
class Fit:
    __module__ = "bank.tests.fit"
    stem = "Fit it."
    budget: int = integers(8, 9)

    @training(
        points=4,
        data=lambda q, seed: points(seed),
        targets=((0.6, 0.25), (0.95, 1.0)),
        parameters=lambda q: q.budget,
        seconds=5,
    )
    def train(q, model, images, labels):
        """Train."""

    solution = ""


TRAIN, FIT = Fit.parts["train"], Fit(budget=8)
DATA = TRAIN.cases[0].inputs(FIT, "seed")["data"]


def right(model, images, labels):
    optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(100):
        optimiser.zero_grad()
        nn.functional.cross_entropy(model(images), labels).backward()
        optimiser.step()


def fitted(train, build=lambda: nn.Linear(2, 2)):
    names = {"make_model": build, "train": train}
    return judge(TRAIN, FIT, [(DATA,)], [respond(TRAIN, names, (DATA,))])


def test_a_trained_network_earns_its_points():
    found = fitted(right)
    assert found.fraction == 1
    assert found.cases[0].note.startswith("accuracy ")


@pytest.mark.parametrize("swallows", [False, True])
def test_what_was_learnt_in_the_epochs_allowed_counts(swallows):
    seen = []

    def endless(model, images, labels):
        optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
        for _ in range(1000):
            with torch.no_grad():
                model(images)  # to look is not to learn
            for batch in torch.arange(len(images)).split(25):
                try:
                    loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
                except BaseException:
                    if not swallows:
                        raise
                    return
                seen.append(len(batch))
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()

    part = replace(TRAIN, epochs=20)
    result = respond(part, {"make_model": lambda: nn.Linear(2, 2), "train": endless}, (DATA,))
    assert sum(seen) == 20 * 60
    found = judge(part, FIT, [(DATA,)], [result])
    assert found.fraction == 1 and not found.cut_short
    assert swallows or "the 20 epochs allowed were over, and what it had learnt by then counts" in found.cases[0].note


def test_below_the_target_there_is_a_share():
    def biased(model, images, labels):
        with torch.no_grad():  # right for one cloud and most of the other
            model.weight.copy_(torch.tensor([[0.0, 0.0], [1.0, 0.0]]))
            model.bias.copy_(torch.tensor([1.9, 0.0]))

    found = fitted(biased)
    assert found.fraction in (0.25, 0.0)
    assert "target 0.95" in found.cases[0].message


def test_a_network_over_its_budget_earns_nothing():
    found = fitted(right, lambda: nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 2)))
    assert found.fraction == 0
    assert found.cases[0].message == "the network has 22 numbers in parameters and buffers, at most 8 are allowed"


def test_code_that_raises_earns_nothing():
    def raises(model, images, labels):
        raise RuntimeError("no")

    assert fitted(raises).cases[0].message == "raised RuntimeError: no"


def test_labels_of_the_tests_never_reach_the_code():
    seen = []
    fitted(lambda *given: seen.extend(given[1:]))
    assert [tuple(tensor.shape) for tensor in seen] == [(60, 2), (60,)]


def test_a_claim_is_read():
    claim = read([["a", "b"], [np.ones((2, 3)), [4]], None, ""])
    assert (claim.shapes, claim.parameters) == ([(2, 3), (4,)], 10)
