"""Reading arithmetic that a student typed, without ever running it.

The text becomes tokens, the tokens become names and operators for Python's own parser, and its tree becomes a list of
steps in postfix order: a stack machine evaluates them, in whatever arithmetic it is given and without recursion.
"""

from __future__ import annotations

import ast
import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

from autograder.checkers.outcome import Invalid
from autograder.checkers.text import point_at
from autograder.checkers.tokens import Symbol, Token, tokenise

MAX_TEXT = 20_000  # characters
MAX_TOKENS = 2_000  # an 11×11 kernel over one channel, written out, takes 500
MAX_DEPTH = 30  # of brackets

T = TypeVar("T")


class Refused(Exception):
    """An operation that an arithmetic does not do, such as a division by zero; the text is for the student."""


class Step(NamedTuple):
    """A number or symbol to push, or an operator (a str) on the last two; `at` is where a caret belongs."""

    at: int
    value: Fraction | Symbol | str


@dataclass(frozen=True)
class Expression:
    """What a student typed, and its steps in postfix order."""

    text: str
    steps: tuple[Step, ...]

    @property
    def symbols(self) -> frozenset[Symbol]:
        """The symbols that it names, whether or not they cancel."""
        return frozenset(step.value for step in self.steps if isinstance(step.value, Symbol))

    def evaluate(self, leaf: Callable[[Fraction | Symbol], T], operations: Mapping[str, Callable[[T, T], T]]) -> T:
        """The value in an arithmetic: what a leaf is worth, and what each operator does.

        Raises Invalid, with a caret, where an operation is Refused.
        """
        stack: list[T] = []
        for step in self.steps:
            if not isinstance(step.value, str):
                stack.append(leaf(step.value))
                continue
            right, left = stack.pop(), stack.pop()
            try:
                stack.append(operations[step.value](left, right))
            except Refused as refusal:
                raise Invalid(point_at(str(refusal), self.text, step.at)) from None
        return stack.pop()


def parse(text: str, names: bool) -> Expression:
    """The expression that `text` spells; `names` says whether symbols may stand in it. Raises Invalid."""
    if len(text) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(text)}")
    tokens = list(itertools.islice(tokenise(text, names), MAX_TOKENS + 1))
    if len(tokens) > MAX_TOKENS:
        raise Invalid(f"expected at most {MAX_TOKENS} numbers, symbols and signs; found more")
    _check_brackets(text, tokens)
    source = _Source(text, list(_with_products(text, tokens)))
    return Expression(text, tuple(reversed(list(source.steps_backwards()))))


def _check_brackets(text: str, tokens: Iterable[Token]) -> None:
    """Depth is checked before Python's parser sees the text: it recurses."""
    opened: list[int] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(token.at)
        elif token.kind == "close" and not opened:
            raise Invalid(point_at("this bracket was never opened", text, token.at))
        elif token.kind == "close":
            opened.pop()
        if len(opened) > MAX_DEPTH:
            raise Invalid(point_at(f"brackets are nested more than {MAX_DEPTH} deep", text, token.at))
    if opened:
        raise Invalid(point_at("this bracket is never closed", text, opened[-1]))


def _with_products(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Put in the multiplication signs that a student leaves out, as in 2x(y + 1).

    They are spelled @, of the same precedence as *, so that they can be told apart below.
    """
    before = None
    for token in tokens:
        if before and before.kind in ("number", "symbol", "close") and token.kind in ("number", "symbol", "open"):
            _check_product(text, before, token)
            yield Token(token.at, "operator", "@")
        yield token
        before = token


def _check_product(text: str, left: Token, right: Token) -> None:
    """That only a product can be meant: in "3 64" or "x 2" a sign was lost, and sin(x) is no product."""
    if right.kind == "number":
        raise Invalid(point_at("expected a sign such as * or + before this number", text, right.at))
    if right.kind == "open" and isinstance(left.value, Symbol) and len(left.value.name) > 1:
        raise Invalid(point_at("functions are not read here; for a product, write * before the bracket", text, left.at))


_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.MatMult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Pow: "**",
}


class _Source:
    """Tokens spelled for Python's parser: numbers and symbols as names, so that no constant ever reaches it."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        spelled = [t.value if isinstance(t.value, str) else f"a{i}" for i, t in enumerate(tokens)]
        self.code = " ".join(spelled)  # the spaces keep "2 * * 3" from becoming a power
        self.starts = list(itertools.accumulate((len(s) + 1 for s in spelled), initial=0))

    def steps_backwards(self) -> Iterator[Step]:
        """The tree as steps: each operator, then its right operand, then its left one. Read in reverse, postfix."""
        pending: list[ast.expr] = [self._tree()]
        while pending:
            node = pending.pop()
            match node:
                case ast.Name(id=name):
                    token = self.tokens[int(name[1:])]
                    yield Step(token.at, token.value)
                case ast.BinOp(left=left, right=right, op=operator):
                    self._check_quotient(node)
                    yield Step(self._at(right.col_offset), _OPERATORS[type(operator)])
                    pending += (left, right)
                case ast.UnaryOp(op=ast.USub(), operand=operand):
                    yield Step(self._at(node.col_offset), "*")
                    yield Step(self._at(node.col_offset), Fraction(-1))
                    pending.append(operand)
                case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                    pending.append(operand)
                case _:
                    raise self._unreadable(node.col_offset)

    def _tree(self) -> ast.expr:
        try:
            return ast.parse(self.code, mode="eval").body
        except SyntaxError as error:
            raise self._unreadable((error.offset or 0) - 1) from None
        except (MemoryError, RecursionError):  # a thousand signs in a row
            raise Invalid("the expression is nested too deeply") from None

    def _check_quotient(self, node: ast.BinOp) -> None:
        """1/2x is x/2 to Python and 1/(2x) to many students; a product in brackets of its own starts elsewhere."""
        left = node.left
        divided = isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div | ast.FloorDiv)
        if isinstance(node.op, ast.MatMult) and divided and left.col_offset == node.col_offset:
            hint = "it is unclear whether this is divided or divides: write (1/2)*x or 1/(2*x) for 1/2x"
            raise Invalid(point_at(hint, self.text, self._at(node.right.col_offset)))

    def _at(self, column: int) -> int:
        return self.tokens[bisect_right(self.starts, column) - 1].at

    def _unreadable(self, column: int) -> Invalid:
        """Python's parser gives no column (-1) where the text ends too early."""
        if 0 <= column < len(self.code):
            return Invalid(point_at("expected a number or a bracket here", self.text, self._at(column)))
        return Invalid(point_at("the expression ends too early", self.text, len(self.text.rstrip())))
