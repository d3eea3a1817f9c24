"""Parts that ask for a function: reference, contract and starter are one method of the template's class.

@code(points=6, banned=["torch.nn"])
def conv2d(q, x, w, b):
    \"\"\"Cross-correlate x (N, C, H, W) with w (F, C, K, K) and add b (F,).\"\"\"
    return F.conv2d(x, w, b, stride=q.s)

conv2d.visible("one filter", x=(1, 1, 5, 5), w=(1, 1, 3, 3), b=(1,))
conv2d.hidden("batches", x=(2, 3, 8, 8), w=(4, 3, 3, 3), b=(4,))
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from question_bank.answers import Function
from question_bank.cases import Case
from question_bank.errors import TemplateError
from question_bank.misconceptions import Misconception
from question_bank.rendering import render
from question_bank.template import Mistake, Names, Part, Question, Variant


@dataclass(eq=False)
class Code(Part):
    """A part whose key is a function. Its mistakes are mutants, functions too, and the cases must kill each.

    groups: the points of each group of cases, by name; where there are none, all hidden cases count alike.
    given: code that stands in the answer cell and is to be mended, as a text with the variant's parameters in it.
    """

    answer: Function = field(default_factory=Function)
    cases: list[Case] = field(default_factory=list)
    groups: Mapping[str, float] = field(default_factory=dict)
    given: str = ""
    reference: Callable[..., Any] = field(kw_only=True)

    def visible(self, label: str, group: str = "", **specs: Any) -> None:
        """A case that stands in the student's notebook."""
        self._add(Case(label, True, specs, group))

    def hidden(self, label: str, group: str = "", **specs: Any) -> None:
        """A case that only the grader runs."""
        self._add(Case(label, False, specs, group))

    def again(self, label: str, of: str, group: str = "") -> None:
        """A hidden case that repeats an earlier one: a function without memory gives the same result."""
        earlier = next((case for case in self.cases if case.label == of), None)
        if earlier is None:
            raise TemplateError(f"{self.reference.__name__}: case {label!r} repeats {of!r}, which is not there")
        self._add(replace(earlier, label=label, visible=False, group=group or earlier.group, data=of))

    def _add(self, case: Case) -> None:
        name, parameters = self.reference.__name__, self._parameters()
        if list(case.specs) != parameters[: len(case.specs)]:
            raise TemplateError(
                f"{name}: case {case.label!r}: expected {', '.join(parameters)}; found {', '.join(case.specs)}"
            )
        if self.groups and case.group not in self.groups:
            known = ", ".join(self.groups)
            raise TemplateError(f"{name}: case {case.label!r}: expected a group among {known}; found {case.group!r}")
        self.cases.append(case)

    def _parameters(self) -> list[str]:
        """The names of what a case may give."""
        return list(inspect.signature(self.reference).parameters)[1:]

    def mistake(self, misconception: Misconception, key: Callable[..., Any], when: Question | None = None) -> None:
        """Add a mutant: a function of the variant and the case's arguments."""
        self.mistakes.append(Mistake(misconception, lambda q: functools.partial(key, q), when))

    def starter(self, variant: Variant) -> str:
        """What stands in the answer cell: the code that is to be mended, or a function that is not written yet."""
        if self.given:
            return render(
                self.given, Names(variant, keys=False), f"{variant.template.path}: code given for {self.name}"
            )
        signature = inspect.signature(self.reference)
        arguments = signature.replace(parameters=list(signature.parameters.values())[1:])
        where = f"{variant.template.path}: docstring of {self.name}"
        doc = render(self.reference.__doc__ or "", Names(variant, keys=False), where)
        lines = [f'"""{doc}"""' if "\n" not in doc else f'"""{doc}\n"""', "raise NotImplementedError"]
        body = "\n".join(f"    {line}".rstrip() for line in "\n".join(lines).splitlines())
        text = str(arguments).replace("numpy.", "np.").replace("nn.modules.module.", "nn.")  # as notebooks import them
        return f"def {self.name}{text}:\n{body}"


def code(
    points: float | Mapping[str, float] = 1.0,
    banned: Sequence[str] = (),
    rtol: float | None = None,
    takes: str = "torch",
    gives: Sequence[str] = (),
    inference: bool = False,
    given: str = "",
) -> Callable[[Callable[..., Any]], Any]:
    """Turn a method `name(q, *arguments)` into a part: the student writes `name(*arguments)`.

    The method computes the reference from torch tensors, `q` being the variant; its docstring is the contract and goes
    into the starter (jinja2, with the variant's parameters), and so do its annotations.

    points: of the part; or of each group of its cases, {"basic": 2, "stride": 4}.
    rtol: tolerated error relative to the largest entry; without it, what rounding may do (see `Function`).
    takes: "torch" or "numpy": what arrays the function is given. gives: names of its results, where it has several.
    inference: it is called where torch does not differentiate, so that a backward pass has to be written by hand.
    given: the text of a broken function that the student mends; as it stands it must earn nothing.
    """

    def decorate(reference: Callable[..., Any]) -> Any:
        if wrong := [name for name in gives if not name.isidentifier()]:
            raise TemplateError(f"{reference.__name__}: expected names of Python for results, found {wrong[0]!r}")
        groups = points if isinstance(points, Mapping) else {}
        return Code(
            prompt=f"{'Mend' if given else 'Write'} `{reference.__name__}`.",
            key=lambda q: functools.partial(reference, q),
            answer=Function(rtol, tuple(banned), takes, tuple(gives), inference),
            points=sum(groups.values()) if isinstance(points, Mapping) else points,
            groups=groups,
            given=given,
            reference=reference,
        )

    return decorate
