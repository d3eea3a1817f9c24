"""Kinds of expression: a function of symbols, an equation between two of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from question_bank.answers.base import Answer
from question_bank.answers.values import values

if TYPE_CHECKING:
    import sympy

Form = Literal["expanded", "factored", "fraction"]
Domain = Literal["real", "positive", "nonnegative", "integer", "natural"]

_HAS_FORM = "isinstance(v, str) or hasattr(v, 'free_symbols')"  # a text, or an expression of SymPy


@dataclass(frozen=True)
class Symbolic(Answer):
    """An expression in symbols such as x[0,1]; right if it is the same function.

    The key is a SymPy expression, or a text that a student could type. A response is right where it has the key's value
    wherever the key has a real one. A wrong sum of products of entries, such as x[0,1]*w[0,0] + …, earns the fraction
    of its terms that are right.

    assume: what a symbol stands for, by its name (without indices): "real" unless said otherwise, "positive",
        "nonnegative", "integer", or "natural" (1, 2, …). Two expressions are the same where they agree on all of that.
        Indices that vary, as in x[i], and the bounds of sums have to be declared "integer" or "natural".
    form: how it is to be written: "expanded" (no bracket that holds a sum is multiplied out or raised), "factored" (a
        product, no factor of which can be factored further), or "fraction" (one fraction without common factors).
    terms: the number of terms that the sum is to have.
    other_form: the fraction of the points for the same function in another form or with another number of terms.
    symbols: further names: such as may stand in a response though the key lacks them, or that would be read as
        something else (y_hat; e, E and pi; gamma before a bracket).
    functions: further names of functions, such as {"sigma": "sigmoid"}.
    """

    assume: Mapping[str, Domain] = field(default_factory=dict)
    form: Form | None = None
    terms: int | None = None
    other_form: float = 0.5
    symbols: tuple[str, ...] = ()
    functions: Mapping[str, str] = field(default_factory=dict)

    has_form = _HAS_FORM

    @property
    def expects(self) -> str:  # type: ignore[override]
        how = {"expanded": "expanded ", "factored": "factored ", "fraction": "", None: ""}[self.form]
        what = "expression" if self.form != "fraction" else "expression as one fraction in lowest terms"
        many = f", a sum of {self.terms} terms," if self.terms else ""
        article = "an" if not how.startswith("f") else "a"
        return f'{article} {how}{what}{many} in quotes, such as "2*x[0,1] + w[1,0]"'

    def same(self, key: sympy.Expr | str, other: sympy.Expr | str) -> bool:
        if isinstance(key, str) or isinstance(other, str):
            return str(key) == str(other) or _same_texts(str(key), str(other))
        return bool((key - other).expand() == 0)

    def literal(self, key: sympy.Expr | str) -> str:
        return repr(str(key))


@dataclass(frozen=True)
class Equation(Answer):
    """An equation, such as "w = 2*x + 1"; right if it has the key's solutions: a multiple of it, or sides swapped.

    The key is a text "left = right" or a pair of SymPy expressions; `assume`, `symbols`, `functions` as for Symbolic.
    """

    assume: Mapping[str, Domain] = field(default_factory=dict)
    symbols: tuple[str, ...] = ()
    functions: Mapping[str, str] = field(default_factory=dict)

    expects = 'an equation in quotes, such as "y = 2*x + 1"'
    has_form = _HAS_FORM

    def same(self, key: Any, other: Any) -> bool:
        if self.display(key) == self.display(other):
            return True
        found, wanted = (self._differences(text) for text in (key, other))
        if found is None or wanted is None or not all(wanted):
            return False
        ratios = [a / b for a, b in zip(found, wanted, strict=True)]
        return ratios[0] != 0 and all(_near(ratio, ratios[0]) for ratio in ratios)

    def _differences(self, key: Any) -> list[complex] | None:
        """Left minus right at a few points."""
        left, _, right = self.display(key).partition("=")
        return values(f"({left}) - ({right})")

    def display(self, key: Any) -> str:
        return key if isinstance(key, str) else f"{key[0]} = {key[1]}"

    def literal(self, key: Any) -> str:
        return repr(self.display(key))


def _same_texts(key: str, other: str) -> bool:
    """Sums of products are compared term by term, which is quick; all else by its values at a few points.

    Texts that only the checker reads, in LaTeX for example, are the same where they are equal.
    """
    terms = _terms(key), _terms(other)
    if None not in terms:
        return terms[0] == terms[1]
    found, wanted = values(key), values(other)
    return found is not None and wanted is not None and all(map(_near, found, wanted))


def _near(a: complex, b: complex) -> bool:
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


_FACTOR = r"[A-Za-z]\w*(?:\[\d+(?:,\d+)*\])?|\d+(?:\.\d+)?"
_TERM = re.compile(rf"([+-]?)((?:{_FACTOR})(?:\*(?:{_FACTOR}))*)")


@lru_cache(maxsize=256)  # to tell mistakes apart, each text is compared with every other
def _terms(text: str) -> dict[tuple[str, ...], Fraction] | None:
    """The terms of a plain sum of products such as "2*x[0,1]*w - 3": factors and coefficient. None for all else."""
    text = re.sub(r"\s", "", text)
    if not re.fullmatch(rf"(?:{_TERM.pattern})(?:(?=[+-]){_TERM.pattern})*", text):
        return None
    terms: Counter[tuple[str, ...]] = Counter()
    for sign, product in _TERM.findall(text):
        factors = product.split("*") if "[" not in product else re.findall(_FACTOR, product)
        number = Fraction(-1 if sign == "-" else 1)
        for factor in factors:
            number *= Fraction(factor) if factor[0].isdigit() else 1
        terms[tuple(sorted(factor for factor in factors if not factor[0].isdigit()))] += number  # type: ignore[assignment]
    return {factors: number for factors, number in terms.items() if number}  # type: ignore[misc]
