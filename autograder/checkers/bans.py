"""Names that a task does not allow: found in the text of the function and of what it calls.

This is evidence for feedback, not a wall: names can be hidden from it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import translate
from functools import cache, cached_property, lru_cache
from tokenize import TokenError
from typing import TYPE_CHECKING

from autograder.syntax import perhaps_ipython

if TYPE_CHECKING:
    from IPython.core.inputtransformer2 import TransformerManager

# Reaching for the grader's objects or for a process without bans: looked for in all cells.
TAMPERING = ("autograder", "gc.get_*", "sys._getframe", "os.fork*", "pty.fork", "torch.library", "*._destroy")
_PERHAPS_TAMPERING = ("autograder", "get_", "_getframe", "fork", "library", "_destroy")
WAYS_AROUND = (
    "torch.utils.mkldnn",
    "*.to_mkldnn",
    "subprocess",
    "multiprocessing",
    "ctypes",
    "cffi",
    "os.system",
    "os.popen",
    "os.exec*",
    "os.spawn*",
    "os.posix_spawn*",
    "get_ipython",
)
ORDINARY = 20_000  # characters
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NAMELESS = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop)


def banned_uses(function: str, sources: Iterable[str], banned: Sequence[str]) -> list[str]:
    """The dotted names among `banned` that `function` uses, itself or through other functions of the notebook.

    `sources` are the notebook's code cells. "torch.nn" bans all below it; `*` matches anything. Where anything is
    banned, so are the ways around: other programs, and libraries called behind Python's back.
    """
    if not banned:
        return []
    aliases: dict[str, str] = {}
    definitions: dict[str, list[_Statement]] = {}
    sources = list(sources)
    for source in sources:
        for statement in _statements(source):
            if not statement.is_function and "import" in source:  # what functions import is theirs
                _note_imports(statement.imports, aliases)
            for name in statement.defines:
                aliases.pop(name, None)
                definitions.setdefault(name, []).append(statement)
    names = [aliases[function]] if function in aliases else []  # an import in the function's place
    for statement in _reachable(function, definitions):
        inside = aliases.copy()
        for local in statement.locals:
            inside.pop(local, None)
        _note_imports(statement.imports, inside)
        names += [_resolve(name, inside) for name in statement.dotted]
    matches = _pattern(tuple(banned)).match
    return _longest([*(name for name in names if matches(name)), *_tampering(sources, aliases)])


def _tampering(sources: Iterable[str], aliases: dict[str, str]) -> Iterator[str]:
    """Names anywhere in the notebook that reach for the grader's own objects."""
    reaches = _names_pattern(TAMPERING).match
    for source in sources:
        if not any(word in source for word in _PERHAPS_TAMPERING):
            continue
        for statement in _statements(source):
            inside = aliases.copy()
            _note_imports(statement.imports, inside)
            yield from filter(reaches, (_resolve(name, inside) for name in statement.dotted))
            values = (node.value for node in statement.nodes if isinstance(node, ast.Constant))
            texts = (value for value in values if isinstance(value, str))
            yield from (text for text in texts if re.fullmatch(r"autograder(\.\w+)*", text))


def _longest(names: Iterable[str]) -> list[str]:
    """Each name once, without those that a longer one begins with: torch.nn.functional.conv2d, not torch.nn too."""
    found = list(dict.fromkeys(names))
    return [name for name in found if not any(other.startswith(f"{name}.") for other in found)]


class _Statement:
    """A statement at the top of a cell. What is in it is looked at when it is asked for: most are not reached."""

    def __init__(self, statement: ast.stmt) -> None:
        self._statement = statement
        self.is_function = isinstance(statement, _FUNCTIONS)
        self.defines = list(_defines(statement))

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All that tells names: the statement and what is below it."""
        return _below(self._statement)

    @cached_property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        return [node for node in self.nodes if isinstance(node, (ast.Import, ast.ImportFrom))]

    @cached_property
    def dotted(self) -> list[str]:
        return list(dict.fromkeys(_dotted_names(self.nodes)))

    @cached_property
    def names(self) -> set[str]:
        return {node.id for node in self.nodes if isinstance(node, ast.Name)}

    @cached_property
    def locals(self) -> set[str]:
        """What a function binds itself: `F, _, k, k = w.shape` hides an import of the notebook called F."""
        bound = {node.id for node in self.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        arguments = {node.arg for node in self.nodes if isinstance(node, ast.arg)}
        return bound | arguments if self.is_function else set()


def _below(statement: ast.stmt) -> list[ast.AST]:
    """What `ast.walk` gives but for operators and contexts, which are half of it and name nothing."""
    found: list[ast.AST] = [statement]
    for node in found:  # it grows
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, _NAMELESS):
                found.append(value)
    return found


def _statements(source: str) -> list[_Statement]:
    """What IPython runs of a cell; nothing where it can't. Cells of ordinary length are kept for the next function."""
    return _kept(source) if len(source) <= ORDINARY else _read(_without_numbers(source))


@lru_cache(maxsize=128)  # of a submission for each worker, as each of its functions asks for it
def _kept(source: str) -> list[_Statement]:
    return _kept_without_numbers(_without_numbers(source))


def _read(source: str) -> list[_Statement]:
    found = None if perhaps_ipython(source) else _parsed(source)
    return [*map(_Statement, (_parsed(source, _transformer().transform_cell) if found is None else found) or [])]


def _without_numbers(source: str) -> str:
    """The source with each list of numbers as a number: visible cases hold many, which take the most time to parse.

    What is left out begins where an item can begin and lies on one line, so that no name, comment or bracket changes.
    """
    for _ in range(6):  # lists in lists
        source, found = _NUMBERS.subn("0", source)
        if not found:
            break
    return source


_NUMBERS = re.compile(r"\[(?:(?<=[(\[]\[)|(?<=, \[))-?\d[\d., -]*\]")  # begins with what is quickly found
_kept_without_numbers = lru_cache(maxsize=128)(_read)  # visible cases are those of other students but for their numbers


def _parsed(source: str, transform: Callable[[str], str] = str) -> list[ast.stmt] | None:
    try:
        return ast.parse(transform(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError, TokenError):
        return None


@cache
def _transformer() -> TransformerManager:
    """Turns what only IPython understands (`x = !ls`, `%time f()`) into Python, as it will when the cell is run."""
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager()  # type: ignore[no-untyped-call]


def _note_imports(nodes: Iterable[ast.Import | ast.ImportFrom], aliases: dict[str, str]) -> None:
    for node in nodes:
        if isinstance(node, ast.Import):
            for item in node.names:
                aliases[item.asname or item.name.split(".")[0]] = item.name if item.asname else item.name.split(".")[0]
        elif node.module:
            for item in node.names:
                aliases[item.asname or item.name] = f"{node.module}.{item.name}"


def _defines(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, ast.Assign):
        yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def _reachable(start: str, definitions: dict[str, list[_Statement]]) -> Iterator[_Statement]:
    """The statements that define `start` and what it uses."""
    names, seen = [start], {start}
    while names:
        for statement in definitions.get(names.pop(), []):
            yield statement
            used = statement.names - seen
            seen |= used
            names += sorted(used)


def _dotted_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, (ast.Name, ast.Attribute)) and (name := _dotted(node)):
            yield name


def _dotted(node: ast.expr) -> str:
    """`torch.nn.functional` for a chain of names; `?.unfold` where the chain starts with a value."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value) or '?'}.{node.attr}"
    return ""


def _resolve(name: str, aliases: dict[str, str]) -> str:
    first, dot, rest = name.partition(".")
    return aliases.get(first, first) + dot + rest


def _pattern(banned: tuple[str, ...]) -> re.Pattern[str]:
    """Matches each of these names, the ways around them, and whatever lies below."""
    return _names_pattern((*banned, *WAYS_AROUND))


@lru_cache(maxsize=64)
def _names_pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(name) for each in patterns for name in (each, f"{each}.*")))
