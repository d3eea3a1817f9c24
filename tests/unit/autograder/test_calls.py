"""Calling a student's function: what it may not do is noticed, however it does it."""

import numpy as np
import pytest
import torch

from autograder.execution.calls import BannedOperation, ChangedArguments, call

X, W = np.ones((1, 1, 4, 4), np.float32), np.ones((1, 1, 3, 3), np.float32)
BANNED = ("torch.*conv*", "*.unfold", "*.im2col", "torch.einsum")


@pytest.mark.parametrize(
    "cheat",
    [
        lambda x, w: torch.conv2d(x, w),
        lambda x, w: torch.nn.functional.conv2d(x, w),
        lambda x, w: getattr(torch.nn.functional, "con" + "v2d")(x, w),
        lambda x, w: torch.ops.aten.convolution(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1),
        lambda x, w: torch.nn.Conv2d(1, 1, 3)(x),
        lambda x, w: torch.conv2d(x.requires_grad_(), w),
        lambda x, w: torch.nn.functional.unfold(x, 3),
        lambda x, w: torch.einsum("nchw,fcij->n", x, w),
    ],
)
def test_a_banned_operation_is_away_whatever_it_is_called_by(cheat):
    with pytest.raises((BannedOperation, RuntimeError), match="is not allowed in this task"):
        call(cheat, [X, W], BANNED)


def test_what_is_not_banned_works_and_what_was_banned_comes_back():
    def right(x, w):
        return torch.stack([(x[:, :, i : i + 3, j : j + 3] * w).sum() for i in (0, 1) for j in (0, 1)])

    assert call(right, [X, W], BANNED).tolist() == [9, 9, 9, 9]
    assert torch.conv2d(torch.from_numpy(X), torch.from_numpy(W)).sum() == 36


def test_repeat_works_though_it_is_made_of_unfold():
    assert call(lambda x, w: x.repeat(2, 1, 1, 1), [X, W], BANNED).shape == (2, 1, 4, 4)


def test_an_argument_that_is_written_to_is_told():
    with pytest.raises(ChangedArguments, match="argument 2"):
        call(lambda x, w: x + w.add_(1), [X[:, :, :3, :3], W])
    assert W.max() == 1
