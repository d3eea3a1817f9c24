"""Kinds of expression: a function of symbols, an equation between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from question_bank.answers.base import Answer

if TYPE_CHECKING:
    import sympy

Form = Literal["expanded", "factored", "fraction"]
Domain = Literal["real", "positive", "nonnegative", "integer", "natural"]


@dataclass(frozen=True)
class Symbolic(Answer):
    """An expression in symbols such as x[0,1]; right if it is the same function.

    The key is a SymPy expression, or a text that a student could type.

    assume: what a symbol stands for, by its name (without indices): "real" unless said otherwise, "positive",
        "nonnegative", "integer", or "natural" (1, 2, …). Two expressions are the same where they agree on all of that.
    form: how it is to be written: "expanded" (no bracket that holds a sum is multiplied out or raised), "factored" (a
        product, no factor of which can be factored further), or "fraction" (one fraction without common factors).
    terms: the number of terms that the sum is to have.
    other_form: the fraction of the points for the same function in another form or with another number of terms.
    """

    assume: Mapping[str, Domain] = field(default_factory=dict)
    form: Form | None = None
    terms: int | None = None
    other_form: float = 0.5

    has_form = "isinstance(v, str)"

    @property
    def expects(self) -> str:  # type: ignore[override]
        how = {"expanded": "expanded ", "factored": "factored ", "fraction": "", None: ""}[self.form]
        what = "expression" if self.form != "fraction" else "expression as one fraction in lowest terms"
        many = f", a sum of {self.terms} terms," if self.terms else ""
        article = "an" if not how.startswith("f") else "a"
        return f'{article} {how}{what}{many} in quotes, such as "2*x[0,1] + w[1,0]"'

    def same(self, key: sympy.Expr | str, other: sympy.Expr | str) -> bool:
        if isinstance(key, str) and isinstance(other, str):
            return key == other
        return bool((key - other).expand() == 0)  # type: ignore[operator]

    def literal(self, key: sympy.Expr | str) -> str:
        return repr(str(key))


@dataclass(frozen=True)
class Equation(Answer):
    """An equation, such as "w = 2*x + 1"; right if it has the key's solutions: a multiple of it, or sides swapped.

    The key is a text "left = right" or a pair of SymPy expressions. `assume` as for Symbolic.
    """

    assume: Mapping[str, Domain] = field(default_factory=dict)

    expects = 'an equation in quotes, such as "y = 2*x + 1"'
    has_form = "isinstance(v, str)"

    def same(self, key: Any, other: Any) -> bool:
        return self.display(key) == self.display(other)

    def display(self, key: Any) -> str:
        return key if isinstance(key, str) else f"{key[0]} = {key[1]}"

    def literal(self, key: Any) -> str:
        return repr(self.display(key))
