"""What a key that is a text is worth at a few points: enough to tell keys apart, without running anything.

The text is parsed and walked; a closed list of operations and functions is evaluated in floating point.
"""

from __future__ import annotations

import ast
import cmath
import hashlib
import math
import operator
from collections.abc import Callable
from typing import Any

POINTS = 3
MAX_TEXT = 5_000  # characters

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": cmath.sqrt,
    "exp": cmath.exp,
    "log": cmath.log,
    "ln": cmath.log,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "tanh": cmath.tanh,
    "sigmoid": lambda x: 1 / (1 + cmath.exp(-x)),
    "softplus": lambda x: cmath.log(1 + cmath.exp(x)),
    "relu": lambda x: max(x.real, 0.0),
    "abs": abs,
    "Abs": abs,
    "floor": lambda x: math.floor(x.real),
    "ceil": lambda x: math.ceil(x.real),
    "ceiling": lambda x: math.ceil(x.real),
    "max": lambda *xs: max(x.real for x in xs),
    "Max": lambda *xs: max(x.real for x in xs),
    "min": lambda *xs: min(x.real for x in xs),
    "Min": lambda *xs: min(x.real for x in xs),
}
_CONSTANTS = {"pi": math.pi, "E": math.e}


def values(text: str) -> list[complex] | None:
    """The text's values at a few points that depend on the symbols' names alone; None where it cannot be told."""
    if len(text) > MAX_TEXT:
        return None
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
        return [complex(_value(tree, point)) for point in range(POINTS)]
    except (SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError, MemoryError):
        return None


def _value(node: ast.expr, point: int) -> Any:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return complex(value)
        case ast.Name(id=name):
            return complex(_CONSTANTS[name]) if name in _CONSTANTS else _symbol(name, point)
        case ast.Subscript(value=ast.Name(id=name), slice=index):
            return _symbol(f"{name}[{ast.unparse(index)}]", point)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, point)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, point)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left, point), _value(right, point))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(complex(_value(argument, point)) for argument in arguments))
        case _:
            raise ValueError("not a text that is read here")


def _symbol(name: str, point: int) -> complex:
    """A number from 0.5 to 2.5 for each symbol and point."""
    digest = hashlib.sha256(f"{name}|{point}".encode()).digest()
    return complex(0.5 + 2 * int.from_bytes(digest[:8]) / 2**64)
