"""Parts that ask for a function: reference, contract and starter are one method of the template's class.

@code(points=6, banned=["torch.nn"], rtol=1e-4)
def conv2d(q, x, w, b):
    \"\"\"Cross-correlate x (N, C, H, W) with w (F, C, K, K) and add b (F,).\"\"\"
    return F.conv2d(x, w, b, stride=q.s)

conv2d.visible("one filter", x=(1, 1, 5, 5), w=(1, 1, 3, 3), b=(1,))
conv2d.hidden("batches", x=(2, 3, 8, 8), w=(4, 3, 3, 3), b=(4,))
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from question_bank.answers import Function
from question_bank.misconceptions import Misconception
from question_bank.rendering import render
from question_bank.template import Mistake, Names, Part, Question, Variant

if TYPE_CHECKING:
    import numpy as np

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """One named call of the student's function: an array of the given shape for each argument.

    A shape may be a function of the variant. Visible cases hold small whole numbers, so that a student can follow them.
    """

    label: str
    visible: bool
    shapes: Mapping[str, Shape | Callable[[Any], Shape]]

    def inputs(self, variant: Variant, seed: str) -> dict[str, np.ndarray[Any, Any]]:
        """The arguments, float32, drawn by hashing from the seed, the case and the argument's name."""
        import numpy as np

        arrays = {}
        for name, shape in self.shapes.items():
            size = shape(variant) if callable(shape) else shape
            count = int(np.prod(size))
            stream = hashlib.shake_256(f"{seed}|{self.label}|{name}".encode()).digest(4 * count)
            words = np.frombuffer(stream, dtype="<u4").astype(np.float64)
            values = words % 7 - 3 if self.visible else words / 2**30 - 2
            arrays[name] = values.astype(np.float32).reshape(size)
        return arrays


@dataclass(eq=False)
class Code(Part):
    """A part whose key is a function. Its mistakes are mutants, functions too, and the cases must kill each."""

    answer: Function = field(default_factory=Function)
    cases: list[Case] = field(default_factory=list)
    reference: Callable[..., Any] = field(kw_only=True)

    def visible(self, label: str, **shapes: Any) -> None:
        """A case that stands in the student's notebook."""
        self.cases.append(Case(label, True, shapes))

    def hidden(self, label: str, **shapes: Any) -> None:
        """A case that only the grader runs."""
        self.cases.append(Case(label, False, shapes))

    def mistake(self, misconception: Misconception, key: Callable[..., Any], when: Question | None = None) -> None:
        """Add a mutant: a function of the variant and the case's arguments."""
        self.mistakes.append(Mistake(misconception, lambda q: functools.partial(key, q), when))

    def starter(self, variant: Variant) -> str:
        """What stands in the answer cell: signature, docstring and a body that says it is not written yet."""
        signature = inspect.signature(self.reference)
        arguments = signature.replace(parameters=list(signature.parameters.values())[1:])
        where = f"{variant.template.path}: docstring of {self.name}"
        doc = render(self.reference.__doc__ or "", Names(variant, keys=False), where)
        lines = [f'"""{doc}"""' if "\n" not in doc else f'"""{doc}\n"""', "raise NotImplementedError"]
        body = "\n".join(f"    {line}".rstrip() for line in "\n".join(lines).splitlines())
        return f"def {self.name}{arguments}:\n{body}"


def code(points: float = 1.0, banned: Sequence[str] = (), rtol: float = 1e-4) -> Callable[[Callable[..., Any]], Any]:
    """Turn a method `name(q, *arguments)` into a part: the student writes `name(*arguments)`.

    The method computes the reference from torch tensors, `q` being the variant; its docstring is the contract and goes
    into the starter (jinja2, with the variant's parameters).
    """

    def decorate(reference: Callable[..., Any]) -> Any:
        return Code(
            prompt=f"Write `{reference.__name__}`.",
            key=lambda q: functools.partial(reference, q),
            answer=Function(rtol, tuple(banned)),
            points=points,
            reference=reference,
        )

    return decorate
