"""Which names a cell binds, read from its text. Pure, and bounded: the text is hostile."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

LONGEST = 100_000  # characters of a cell that is looked at
ROOM = 2_000_000  # characters of all cells of a notebook that are
_IPYTHON_LINE = re.compile(r"^([ \t]*)[%!?][^\n]*", re.MULTILINE)


@lru_cache(maxsize=1_000)
def bound(source: str) -> dict[str, bool]:
    """The names that a cell binds when it is run: False where only to a blank (`x = ...`, a function without a body).

    Empty where the cell is no Python.
    """
    found: dict[str, bool] = {}
    for name, filled in _bindings(source):
        found[name] = found.get(name, False) or filled
    return found


class Look:
    """A look through a notebook's cells for the names that a paper asks for; what is looked at is bounded."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names, self.room, self.seen = frozenset(names), ROOM, dict[str, list[str]]()
        either = "|".join(map(re.escape, sorted(self.names))) or "(?!)"
        # Most cells only use the names: to read the text is a tenth of the work of parsing it.
        self.perhaps = re.compile(
            rf"\b(?:{either})\b[^\n=]{{0,300}}+=(?!=)|\b(?:def|class|import|global|for|as)\b[^\n]{{0,300}}\b(?:{either})\b"
        )

    def filled(self, source: str) -> list[str]:
        """Those of the names that a cell gives a value."""
        if source not in self.seen:
            self.seen[source] = []
            if len(source) > min(LONGEST, self.room):
                return []
            self.room -= len(source)
            if self.perhaps.search(source):
                self.seen[source] = [name for name, filled in bound(source).items() if filled and name in self.names]
        return self.seen[source]


def _bindings(source: str) -> Iterator[tuple[str, bool]]:
    waiting: list[ast.AST] = list(reversed(_statements(source)))
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name, not _is_blank_body(node.body)
                for inner in ast.walk(node) if "global" in source else ():
                    yield from ((name, True) for name in inner.names) if isinstance(inner, ast.Global) else ()
            case ast.ClassDef():
                yield node.name, True
            case ast.Import() | ast.ImportFrom():
                yield from (((item.asname or item.name).split(".")[0], True) for item in node.names)
            case ast.Assign():
                for target in node.targets:
                    yield from _targets(target, node.value)
            case ast.AnnAssign() | ast.AugAssign() | ast.NamedExpr() if node.value is not None:
                yield from _targets(node.target, node.value)
            case ast.For() | ast.AsyncFor():
                yield from _targets(node.target, node.iter)
            case ast.Name(ctx=ast.Store()):  # `with … as x`
                yield node.id, True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            inside = (child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr))
            waiting += reversed(list(inside))
            names = (item.optional_vars for item in getattr(node, "items", ()) if isinstance(item, ast.withitem))
            waiting += [name for name in names if name]


def _statements(source: str) -> list[ast.stmt]:
    if len(source) > LONGEST:
        return []
    for text in (source, _IPYTHON_LINE.sub(r"\1pass", source)):
        try:
            return ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return []


def _targets(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(target, ast.Name):
        yield target.id, not _is_blank(value)
    elif isinstance(target, ast.Tuple | ast.List):
        same = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
        values = value.elts if same and isinstance(value, ast.Tuple | ast.List) else [value] * len(target.elts)
        for inner, given in zip(target.elts, values, strict=True):
            if isinstance(inner, ast.Starred | ast.Name):
                yield from _targets(inner.value if isinstance(inner, ast.Starred) else inner, given)


def _is_blank(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and (value.value is ... or value.value is None or value.value == "")


def _is_blank_body(body: list[ast.stmt]) -> bool:
    """Whether a function does nothing yet: its docstring, and `pass`, `...` or `raise NotImplementedError`."""
    return all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        or (isinstance(statement, ast.Raise) and "NotImplementedError" in ast.dump(statement))
        for statement in body
    )
