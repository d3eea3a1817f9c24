"""The kinds of key: what a part asks for, how it is asked and when two keys are the same.

How a student's response is read and compared with the key is the business of `autograder.checkers`, one file a kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sympy


class Answer(ABC):
    """A kind of key.

    `expects` says in words what to type ("an integer"). `form` is a Python expression over `v` that the student's own
    notebook evaluates to check the form of a response; it may use only builtins and `np`.
    """

    expects: str
    form: str

    @abstractmethod
    def same(self, key: Any, other: Any) -> bool:
        """Whether a response could not tell `key` from `other`."""

    def display(self, key: Any) -> str:
        """The key as text, as an instructor reads it."""
        return str(key)

    def literal(self, key: Any) -> str:
        """The key as a student would type it: the right-hand side of an assignment in Python."""
        return self.display(key)


_NUMBER = "isinstance(v, (int, float, np.number)) and not isinstance(v, bool)"


@dataclass(frozen=True)
class Integer(Answer):
    """A whole number."""

    expects = "an integer"
    form = "isinstance(v, (int, np.integer)) and not isinstance(v, bool)"

    def same(self, key: Any, other: Any) -> bool:
        return bool(key == other)


@dataclass(frozen=True)
class Real(Answer):
    """A real number, right within `rel`·|key| or `abs`, whichever is larger."""

    rel: float = 1e-3
    abs: float = 0.0

    expects = "a number"
    form = _NUMBER

    def tolerance(self, key: Any) -> float:
        return max(self.rel * abs(float(key)), self.abs)

    def same(self, key: Any, other: Any) -> bool:
        return abs(float(key) - float(other)) <= self.tolerance(key) + self.tolerance(other)

    def display(self, key: Any) -> str:
        return number_text(key)

    def literal(self, key: Any) -> str:
        return repr(float(key))


@dataclass(frozen=True)
class Shape(Answer):
    """The sizes of a tensor in the order that `axes` names, e.g. ("height", "width", "channels")."""

    axes: tuple[str, ...] = ("height", "width", "channels")

    @property
    def expects(self) -> str:  # type: ignore[override]
        return f"a shape of {len(self.axes)} numbers: ({', '.join(self.axes)})"

    @property
    def form(self) -> str:  # type: ignore[override]
        return f"isinstance(v, (tuple, list)) and len(v) == {len(self.axes)}"

    def same(self, key: Any, other: Any) -> bool:
        return tuple(key) == tuple(other)

    def display(self, key: Any) -> str:
        return f"({', '.join(map(str, key))})"


@dataclass(frozen=True)
class Matrix(Answer):
    """A matrix as nested rows, entry by entry right within `abs` (0: exactly)."""

    abs: float = 0.0

    expects = "a matrix as a list of rows, [[…], […]]"
    form = "np.ndim(v) == 2"

    def same(self, key: Any, other: Any) -> bool:
        if [len(row) for row in key] != [len(row) for row in other]:
            return False
        return all(
            abs(a - b) <= 2 * self.abs for r, s in zip(key, other, strict=True) for a, b in zip(r, s, strict=True)
        )

    def display(self, key: Any) -> str:
        return str([[number_text(entry) for entry in row] for row in key]).replace("'", "")

    def literal(self, key: Any) -> str:
        return str([[int(entry) if entry == int(entry) else float(entry) for entry in row] for row in key])


@dataclass(frozen=True)
class Symbolic(Answer):
    """An expression in symbols such as x[0,1]; right if it is the same function. The key is a SymPy expression."""

    expects = 'an expression in quotes, such as "2*x[0,1] + w[1,0]"'
    form = "isinstance(v, str)"

    def same(self, key: sympy.Expr, other: sympy.Expr) -> bool:
        return bool((key - other).expand() == 0)

    def literal(self, key: sympy.Expr) -> str:
        return repr(str(key))


@dataclass(frozen=True)
class Function(Answer):
    """A function that the student writes, judged by its behaviour on cases.

    rtol: tolerated error, relative to the largest entry of the reference's result.
    banned: names the code may not use, dotted, `*` matching anything ("torch.nn", "torch.conv*", "*.unfold").
    """

    rtol: float = 1e-4
    banned: tuple[str, ...] = ()

    expects = "a function"
    form = "callable(v)"

    def same(self, key: Any, other: Any) -> bool:
        """Never: that the cases tell a mutant from the reference is what the conformance tests see to."""
        return False


def number_text(value: int | float | Fraction) -> str:
    """`value` as a person would write it: 3 and not 3.0, 2.75 and not 2.7500000001."""
    return str(int(value)) if value == int(value) else f"{float(value):.6g}"


def matrix_latex(rows: Sequence[Sequence[int | float | Fraction]]) -> str:
    """A matrix in LaTeX."""
    body = r" \\ ".join(" & ".join(number_text(entry) for entry in row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
