"""Calling a student's function: tensors of its own to work on, a look at whether it left them as they were, and what is
banned taken away for as long as the call takes."""

from __future__ import annotations

import copy
import fnmatch
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NoReturn

import numpy as np

# They turn tensors into ones whose kernels run elsewhere (MkldnnCPU), where nothing is taken away.
WAYS_OUT = re.compile(r"to_mkldnn|reorder_\w*weight")
INNER = ("unfold",)  # what `repeat` and `tile` are made of: it is found in the text alone
COARSE = ("quantized", "_quantized", "onednn")  # arithmetic of eight bits, which gives no right answer


class ChangedArguments(Exception):
    """The function wrote into its arguments."""


class BannedOperation(Exception):
    """The function used an operation that the task does not allow."""


def call(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    banned: Sequence[str] = (),
    takes: str = "torch",
    inference: bool = False,
) -> Any:
    """What the function returns for copies of the arguments, without the `banned` operations of torch.

    takes: "torch" or "numpy", what arrays become. inference: torch keeps no track of what would be differentiated.
    Raises whatever it raises, BannedOperation, and ChangedArguments where it wrote into an argument.
    """
    given = [_given(argument, takes) for argument in arguments]
    with without(banned), _without_gradients(inference):
        result = function(*given)
    for number, (now, before) in enumerate(zip(given, arguments, strict=True), start=1):
        if not _same(now, before):
            raise ChangedArguments(f"the function changed its argument {number}; work on a copy")
    return result


def _given(argument: Any, takes: str) -> Any:
    """A copy for the function to work on, which lies in memory as the argument does."""
    if not isinstance(argument, np.ndarray):
        return copy.deepcopy(argument)
    own = argument.copy(order="K")
    if takes == "numpy":
        return own
    import torch

    return torch.from_numpy(own)


def _same(now: Any, before: Any) -> bool:
    """Whether an argument is as it was."""
    if not isinstance(before, np.ndarray):
        return bool(now == before)
    found = now if isinstance(now, np.ndarray) else now.detach().numpy()
    if found.dtype == before.dtype and found.shape == before.shape and found.tobytes() == before.tobytes():
        return True  # nearly always, and known in a tenth of the time
    return bool(np.array_equal(found, before, equal_nan=before.dtype.kind in "fc"))


@contextmanager
def _without_gradients(inference: bool) -> Iterator[None]:
    if not inference:
        yield
        return
    import torch

    with torch.inference_mode():
        yield


@contextmanager
def without(banned: Sequence[str]) -> Iterator[None]:
    """Replace torch's own kernels of the banned operations by ones that raise: however they are reached, by another
    name, through `getattr` or `torch.ops`, they are not there."""
    torch = sys.modules.get("torch")
    if not banned or torch is None:
        yield
        return
    libraries = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch warns of every kernel that is replaced
            for namespace, kernels in operations(tuple(banned)).items():
                libraries.append(torch.library.Library(namespace, "IMPL"))
                for name, key in kernels:
                    libraries[-1].impl(name, _refusing(name.split(".")[0].lstrip("_")), key)
        yield
    finally:
        for library in libraries:
            library._destroy()


@lru_cache(maxsize=16)  # torch knows thousands: the warm server looks through them, each child finds that done
def operations(banned: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """The kernels that match, by namespace: `torch.conv*` means aten::conv2d in all its forms, and so on.

    Each is a name and torch's name for where it runs; an operation that has no kernel there cannot be run anyway.
    """
    import torch

    has_kernel = torch._C._dispatch_has_computed_kernel_for_dispatch_key
    has_own = torch._C._dispatch_has_kernel_for_dispatch_key
    wanted = re.compile("|".join(fnmatch.translate(pattern) for pattern in banned))
    known = set(torch._C._dispatch_get_all_op_names())
    keys = ("CPU", "CUDA") if torch.version.cuda else ("CPU",)
    found: dict[str, list[tuple[str, str]]] = {}
    ways_out: dict[str, list[tuple[str, str]]] = {}
    for full in sorted(known):
        namespace, _, name = full.partition("::")
        operation, _, overload = name.partition(".")
        short = operation.lstrip("_")
        if short in INNER or namespace in COARSE or short.startswith("convert_"):  # which `*conv*` does not mean
            continue
        # A form that writes into `out` and has no kernel of its own calls the form that returns.
        calls_other = overload == "out" and f"{namespace}::{operation}" in known
        kernels = [(name, k) for k in keys if has_kernel(full, k) and (has_own(full, k) or not calls_other)]
        if kernels and wanted.match(f"torch.{short}"):
            found.setdefault(namespace, []).extend(kernels)
        elif kernels and WAYS_OUT.fullmatch(short):
            ways_out.setdefault(namespace, []).extend(kernels)
    if not found:
        return {}
    return {namespace: found.get(namespace, []) + ways_out.get(namespace, []) for namespace in found | ways_out}


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(*arguments: object, **options: object) -> NoReturn:
        raise BannedOperation(f"torch.{name} is not allowed in this task")

    return refuse
