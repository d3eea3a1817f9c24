"""Discovery: a template's path is its identity. `<folder>/<topic>/<name>.py` is the template "topic/name".

Listing reads the files as text and imports none of them, so `bank list` is quick however heavy a template's imports;
only asking for a template imports its file.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard

from question_bank.errors import TemplateError, UnknownTemplate, did_you_mean
from question_bank.template import Template

BANK = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Entry:
    """What the text of a template's file says of it."""

    path: str
    file: Path
    title: str
    topics: tuple[str, ...]
    difficulty: int
    minutes: int
    version: int
    parts: tuple[str, ...]
    code: bool  # whether it asks for code


class Catalog:
    """The templates of the bank and of the folders that a course adds. A course's own hides the bank's of that path."""

    def __init__(self, *folders: Path) -> None:
        self.folders = (BANK, *folders)
        self._loaded: dict[str, Template] = {}

    def files(self) -> dict[str, Path]:
        """Every template's file by path, sorted by path."""
        found = {
            f"{file.parent.name}/{file.stem}": file
            for folder in self.folders
            for file in folder.glob("*/*.py")
            if not file.stem.startswith("_")
        }
        return dict(sorted(found.items()))

    def entries(self) -> list[Entry]:
        """Every template, read from its text. Raises TemplateError for a file that holds none."""
        return [_read(path, file) for path, file in self.files().items()]

    def on_topic(self, topic: str) -> list[Entry]:
        """The templates on a topic: "cnn/pooling", its last part "pooling", or "cnn", which holds many.

        Those that ask for code are on the topic "cnn/code" or below it, and on no other: they take far longer.
        """
        wanted = [(e, [t for t in e.topics if not e.code or "code" in t.split("/")]) for e in self.entries()]
        return [e for e, topics in wanted if any(f"/{topic}/" in f"/{t}/" for t in topics)]

    def get(self, path: str) -> Template:
        """The template of that path. Raises UnknownTemplate, or TemplateError where its file does not work."""
        if path not in self._loaded:
            files = self.files()
            if path not in files:
                raise UnknownTemplate(f"no template {path!r} in the bank{did_you_mean(path, files)}")
            self._loaded[path] = _load(path, files[path])
        return self._loaded[path]


def _read(path: str, file: Path) -> Entry:
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError) as error:
        raise TemplateError(f"{file}: not a Python file: {error}") from error
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and (call := _call(node.decorator_list, "template")):
            options = {k.arg: k.value for k in call.keywords}
            doc = ast.get_docstring(tree) or node.name
            return Entry(
                path=path,
                file=file,
                title=doc.splitlines()[0],
                topics=tuple(_literal(options.get("topics"), file, "topics", [])),
                difficulty=int(_literal(options.get("difficulty"), file, "difficulty", 2)),
                minutes=int(_literal(options.get("minutes"), file, "minutes", 3)),
                version=int(_literal(options.get("version"), file, "version", 1)),
                parts=tuple(_parts(node)),
                code=any(_asks_for_code(statement) for statement in node.body),
            )
    raise TemplateError(f"{file}: expected a class decorated with @template(…); found none")


def _parts(node: ast.ClassDef) -> list[str]:
    names = []
    for statement in node.body:
        if _asks_for_code(statement):
            names.append(statement.name)
        elif isinstance(statement, ast.Assign) and _call([statement.value], "part"):
            names += [target.id for target in statement.targets if isinstance(target, ast.Name)]
    return names


def _asks_for_code(statement: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(statement, ast.FunctionDef) and any(
        _call(statement.decorator_list, kind) for kind in ("code", "model", "training")
    )


def _call(nodes: Sequence[ast.expr], name: str) -> ast.Call | None:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            return node
    return None


def _literal(node: ast.expr | None, file: Path, what: str, default: Any) -> Any:
    if node is None:
        return default
    try:
        return ast.literal_eval(node)
    except ValueError as error:
        raise TemplateError(f"{file}:{node.lineno}: {what} must be written out, not computed") from error


def _load(path: str, file: Path) -> Template:
    module = _import(file)
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, Template) and value.variant_class.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TemplateError(f"{file}: expected one template, found {len(found)}")
    return found[0]


def _import(file: Path) -> ModuleType:
    # The name carries the folder's hash: two courses in one process never see each other's templates.
    folder = hashlib.sha256(str(file.parent.parent.resolve()).encode()).hexdigest()[:8]
    name = f"question_bank.loaded_{folder}.{file.parent.name}.{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise TemplateError(f"{file}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except TemplateError:
        raise
    except Exception as error:
        raise TemplateError(f"{file}: {type(error).__name__}: {error}") from error
    return module
