"""The cell of visible checks: of form for values, of behaviour for functions, networks and training. Pure."""

from __future__ import annotations

import base64
import itertools
import json
import textwrap
import zlib
from typing import Any

from assignments.paper import Paper, Question, seed
from question_bank.cases import Case
from question_bank.code import Code
from question_bank.models import IMAGES, Model, Training
from question_bank.template import Variant

SAMPLE = 60  # images of a data set that a notebook carries with it


def case_seed(secret: bytes, paper: Paper, question: Question) -> str:
    """What the inputs of a student's visible cases are drawn from."""
    return seed(secret, "visible cases", paper.assignment, question.id, paper.student, paper.attempt)


def checks(question: Question, paper: Paper, secret: bytes) -> str:
    """The cell of visible checks: of form for values, of behaviour on the visible cases for functions."""
    variant = question.variant
    values = [
        (name, variant.answer_of(part.name)) for name, part in question.parts.items() if not isinstance(part, Code)
    ]
    pieces = [
        f'check_form("{" ".join(name for name, _ in group)}", lambda v: {form}, {expects!r})'
        for (form, expects), group in itertools.groupby(values, key=lambda item: (item[1].has_form, item[1].expects))
    ]
    functions = [part for part in question.parts.values() if isinstance(part, Code)]
    return "\n\n\n".join(["\n".join(pieces)] * bool(pieces) + [_cases(question, p, paper, secret) for p in functions])


def _cases(question: Question, part: Code, paper: Paper, secret: bytes) -> str:
    """The visible cases of a function, a network or a training, and the calls that run them."""
    if isinstance(part, Training):
        return trial_run(part, question.variant, case_seed(secret, paper, question))
    visible = [case for case in part.cases if case.visible]
    inputs_from = case_seed(secret, paper, question)
    cases = [_visible_case(question, part, case, number, inputs_from) for number, case in enumerate(visible, start=1)]
    head = "# Visible cases. Your function is also called on inputs that you have not seen."
    calls = "\n".join(f"{part.name}_case_{number}()" for number in range(1, len(visible) + 1))
    return "\n\n\n".join([head, *cases, calls])


def _visible_case(question: Question, part: Code, case: Case, number: int, inputs_from: str) -> str:
    """A plain function with asserts: it leaves no names behind that could hide a student's slip."""
    takes, gives = part.answer.takes, part.answer.gives
    inputs = case.inputs(question.variant, inputs_from)
    if isinstance(part, Model):
        return _visible_network(question, part, case, number, inputs)
    lines = [f"{name} = {_literal(value, takes)}" for name, value in inputs.items()]
    found = ", ".join(f"found_{name}" for name in gives) or "found"
    lines.append(f"{found} = {part.name}({', '.join(inputs)})")
    results = _expected(question.variant.key(part.name), inputs)
    for name, value in zip(gives, results, strict=True) if gives else [("", results)]:
        lines += _asserts(f"_{name}" if name else "", value, takes)
    lines.append(f"print({f'{part.name}, {case.label}: as expected'!r})")
    return f"def {part.name}_case_{number}():\n" + textwrap.indent("\n".join(lines), "    ")


def _visible_network(question: Question, part: Model, case: Case, number: int, inputs: dict[str, Any]) -> str:
    """That what is built is a network, and what the shape of its output is."""
    import torch

    images = inputs.pop(IMAGES)
    expected = tuple(question.variant.key(part.name)(*inputs.values())(torch.from_numpy(images.copy())).shape)
    lines = [
        f"model = {part.name}({', '.join(map(repr, inputs.values()))})",
        f"found = tuple(model(torch.zeros({tuple(images.shape)})).shape)",
        f'assert found == {expected}, f"expected outputs of shape {expected}, found {{found}}"',
        f"print({f'{part.name}, {case.label}: outputs of the right shape'!r})",
    ]
    return f"def {part.name}_case_{number}():\n" + textwrap.indent("\n".join(lines), "    ")


def trial_run(part: Training, variant: Variant, inputs_from: str) -> str:
    """A training on a few images that the notebook carries with it, to see that it works and how far it comes."""
    import numpy as np

    data = part.load(variant, inputs_from)
    few, kind = data.images[:SAMPLE], "accuracy" if part.measure == "accuracy" else "mean squared error"
    packed = base64.b64encode(zlib.compress(np.round(few * 255).astype(np.uint8).tobytes(), 9)).decode()
    measured = "(outputs.argmax(dim=1) == labels).double().mean()"
    if part.measure == "error":
        measured = "((outputs - images) ** 2).mean()"
    allowed = f" (at most {part.parameters(variant):,} are allowed)" if part.parameters else ""
    count = "lambda m, given: seen.append(len(given[0])) if m.training and torch.is_grad_enabled() else None"
    counted = ["seen = []", f"model.register_forward_pre_hook({count})"] if part.epochs else []
    told = [f'print(f"{{sum(seen) / {SAMPLE}:.0f}} epochs (at most {part.epochs} are allowed)")'] if part.epochs else []
    moved, back = (".to(next(model.parameters()).device)", ".cpu()") if part.device == "cuda" else ("", "")
    lines = [
        "import base64",
        "import zlib",
        "",
        f"pixels = np.frombuffer(zlib.decompress(base64.b64decode({packed!r})), dtype=np.uint8)",
        f"images = torch.from_numpy(pixels.reshape{tuple(few.shape)!r} / np.float32(255))",
        f"labels = torch.tensor({data.labels[:SAMPLE].tolist()})",
        f"model = {part.builder()}()",
        *counted,
        f"{part.name}(model, images, labels)",  # before they are counted: lazy layers do not know their sizes yet
        'print(f"{sum(p.numel() for p in model.parameters()):,} parameters' + allowed + '")',
        *told,
        "model.eval()",
        "with torch.no_grad():",
        f"    outputs = model(images{moved}){back}",
        f'print(f"{kind} on these {SAMPLE} images, which it has seen: {{{measured}:.3f}}")',
    ]
    head = (
        "# A trial on a few images. You are judged by images that your code does not see, after training on many more."
    )
    body = textwrap.indent("\n".join(lines), "    ")
    return f"{head}\ndef {part.name}_trial():\n{body}\n\n\n{part.name}_trial()"


def _expected(reference: Any, inputs: dict[str, Any]) -> Any:
    """What the reference gives, arrays as torch's."""
    import numpy as np
    import torch

    return reference(*(torch.from_numpy(v.copy()) if isinstance(v, np.ndarray) else v for v in inputs.values()))


def _asserts(suffix: str, value: Any, takes: str) -> list[str]:
    """That what was found is what is expected; in words where it is not."""
    import torch

    found, expected = f"found{suffix}", f"expected{suffix}"
    told = f'f"expected {{{expected}}}, found {{{found}}}"'
    if not isinstance(value, torch.Tensor):  # a number, or a list: a tuple will do, too
        same = f"np.shape({found}) == np.shape({expected}) and np.allclose({found}, {expected})"
        return [f"{expected} = {value!r}", f"assert {same}, {told}"]
    shapes = f'f"expected shape {{tuple({expected}.shape)}}, found {{tuple({found}.shape)}}"'
    close = "torch.allclose" if takes == "torch" else "np.allclose"
    as_array = f"torch.as_tensor({found}, dtype={expected}.dtype)" if takes == "torch" else f"np.asarray({found})"
    return [
        f"{expected} = {_literal(value.numpy(), takes)}",
        f"{found} = {as_array}",
        f"assert {found}.shape == {expected}.shape, {shapes}",
        f"assert {close}({found}, {expected}, atol=1e-4), {told}",
    ]


def _literal(value: Any, takes: str) -> str:
    """A value as a student's notebook spells it: an array with its dtype, where that is not float32."""
    import numpy as np

    if not isinstance(value, np.ndarray):
        return repr(value)
    rows = json.dumps(value.tolist()).replace("NaN", 'float("nan")')
    if takes == "numpy":
        return f"np.array({rows}, dtype=np.{value.dtype.name})"
    dtype = "" if value.dtype == np.float32 else f", dtype=torch.{value.dtype.name}"
    return f"torch.tensor({rows}{dtype})"
