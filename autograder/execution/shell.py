"""IPython as a kernel has it, with what cells show and raise kept as data. Runs in the child."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from types import CodeType
from typing import IO, Any, cast

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.execution.timer import text_of
from autograder.syntax import perhaps_ipython

MAX_DISPLAY = 2**20  # characters of one thing displayed
NO_PACKAGES = "Packages cannot be installed while your notebook is marked; those that the course uses are there."
INSTALLING = re.compile(r"\s*(?:\S*python\S* -m )?(?:pip3?|conda|mamba|uv)\s+(?:pip\s+)?install\b")
BEGINNINGS = re.compile(r"^[^\s#)\]}]", re.MULTILINE)  # of lines that may begin a statement
COMPOUND = re.compile(r"(?:def|class|for|while|if|with|try)\b")
MAX_OUTPUTS = 1_000  # outputs kept of a cell
MAX_DISPLAYS = 8 * 2**20  # characters of all that a cell displays


class Outputs(list[dict[str, Any]]):
    """A cell's outputs; those that are too many or too much are left out."""

    room = MAX_DISPLAYS

    def keep(self, output: dict[str, Any]) -> None:
        """Add an output while there is room."""
        size = sum(map(len, output.get("data", {}).values()))
        if len(self) < MAX_OUTPUTS and size <= self.room:
            self.room -= size
            self.append(output)


class Ready(ast.stmt):
    """Statements that are compiled already, in the place of one."""

    def __init__(self, code: CodeType) -> None:
        super().__init__()
        self.code = code


class Compiler(CachingCompiler):
    """IPython's own; most of a cell is compiled at once.

    IPython makes a tree of a cell, to show the value of its last expression, and compiles that: which takes twice as
    long. A tree of the last statement will do, and none where that has no value. Says also what module the cells belong
    to, which `inspect` would look for among all there are.
    """

    shell: Shell

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> Any:
        """A cell's statements, as `Ready` where the value is not shown."""
        is_cell = filename in self._filename_map  # not what a magic such as %time looks into
        if is_cell and self.shell.ast_node_interactivity == "last_expr" and not self.shell.ast_transformers:
            with suppress(Exception):  # not to be parted there, or no Python at all: IPython will say
                return self._in_two(source, filename)
        return super().ast_parse(source, filename, symbol)

    def _in_two(self, source: str, name: str) -> ast.Module:
        """Parted where the last line begins that is not indented. Raises SyntaxError and its like."""
        start = max(match.start() for match in BEGINNINGS.finditer(source))
        before, last, lines = source[:start], source[start:], source.count("\n", 0, start)
        if COMPOUND.match(last):
            rest: list[ast.stmt] = [Ready(self("\n" * lines + last, name, "exec"))]
        else:
            tree = ast.increment_lineno(super().ast_parse(last, name), lines)
            rest = cast(ast.Module, tree).body
        return ast.Module([Ready(self(before, name, "exec")), *rest], [])

    def cache(self, *arguments: Any, **options: Any) -> str:
        name = str(super().cache(*arguments, **options))
        with suppress(OSError):  # where code has removed its own folder
            inspect.modulesbyfile[str(Path.cwd() / name)] = "__main__"
        return name


class Shell(InteractiveShell):
    """IPython as a kernel has it, errors kept as data instead of printed."""

    compiler_class = Compiler
    own_transforms: list[Any]
    last_error: dict[str, Any] | None = None

    def enable_gui(self, gui: str | None = None) -> None:
        """`%matplotlib inline`: there is no window to integrate with."""

    def system(self, cmd: str) -> None:
        """`!cmd`: what it prints goes to the cell's output. IPython's own way needs a terminal, and there is none."""
        command = str(self.var_expand(cmd, depth=1))  # type: ignore[no-untyped-call]
        if INSTALLING.match(command):
            print(NO_PACKAGES)
            return
        with subprocess.Popen(
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for piece in iter(lambda: cast(IO[str], process.stdout).read(4096), ""):
                sys.stdout.write(piece)
        self.user_ns["_exit_code"] = process.returncode

    def transform_cell(self, raw_cell: str) -> str:
        """The Python of a cell. IPython reads it token by token for its own syntax; most cells plainly have none."""
        plain = "\n" in raw_cell.strip() and not perhaps_ipython(raw_cell) and self.transforms() == self.own_transforms
        if not plain:
            return str(super().transform_cell(raw_cell))  # type: ignore[no-untyped-call]
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    def transforms(self) -> list[Any]:
        """All that may change the text of a cell; code can add its own."""
        manager = self.input_transformer_manager
        before = [*manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers]
        return [*before, *self.input_transformers_post]

    def should_run_async(self, raw_cell: str, **options: Any) -> bool:
        """Whether a cell awaits something. IPython compiles it once more to find out; most do not even say the word."""
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(raw_cell, **options)

    async def run_ast_nodes(self, nodelist: list[ast.stmt], cell_name: str, *args: Any, **options: Any) -> bool:
        """Run statements; those that are compiled already first."""
        ready = list(takewhile(lambda node: isinstance(node, Ready), nodelist))
        for node in cast(list[Ready], ready):
            if await self.run_code(node.code, options["result"]):  # type: ignore[no-untyped-call]
                return True
        return bool(await super().run_ast_nodes(nodelist[len(ready) :], cell_name, *args, **options))

    def ask_exit(self) -> None:
        """`exit()` in a cell: nothing, the next cells run."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.last_error = {
            "output_type": "error",
            "ename": etype.__name__,
            "evalue": text_of(evalue)[:10_000],
            "traceback": [line[:10_000] for line in stb[:200]],
        }


class Results(DisplayHook):
    """Keeps the value of a cell's last line among the cell's outputs."""

    kept: Outputs

    def write_output_prompt(self) -> None:
        """Nothing: prompts are not kept."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.kept.keep({"output_type": "execute_result", "data": _texts(format_dict)})

    def finish_displayhook(self) -> None:
        """Nothing: there is no line to end."""


class Displays(DisplayPublisher):
    """Keeps what is displayed among the cell's outputs."""

    kept: Outputs

    def publish(self, data: dict[str, Any], *args: object, **kwargs: object) -> None:
        self.kept.keep({"output_type": "display_data", "data": _texts(data)})


def _texts(data: dict[str, Any]) -> dict[str, str]:
    return {kind: text for kind, text in data.items() if isinstance(text, str) and len(text) < MAX_DISPLAY}


def make_shell() -> Shell:
    """The shell, made once in the warm server: every child inherits its own copy."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config, displayhook_class=Results, display_pub_class=Displays)
    shell.own_transforms = shell.transforms()
    cast(Compiler, shell.compile).shell = shell
    for name in ("pip", "conda", "mamba", "micromamba", "uv"):
        shell.register_magic_function(_no_packages, "line", name)  # type: ignore[arg-type]
    return shell


def _no_packages(line: str) -> None:
    print(NO_PACKAGES)
