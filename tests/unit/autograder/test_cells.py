"""Cells are compiled in pieces to save time; what they show, raise and leave behind is as in IPython itself."""

import json
import subprocess
import sys

import pytest

from assignments.blueprint import Limits
from autograder.execution import Read, Run

CELLS = [
    "x = 1\nx",
    "x = 1\nx;",
    "x = 1\nx  # and so on\n\n# the end",
    'x = 1\ny = """\nx"""',
    "print('a')\n(1,\n2)",
    "print('a')\nprint(\n    'b'\n)",
    "a = 1\na = 2; a",
    "a = 1\nb = a; c = 3",
    "x = 5\nfor i in range(2):\n    i",
    "x = 5\nif x:\n    3\nelse:\n    4",
    "x = 5\nwith open('/dev/null') as file:\n    x",
    "x = 1\n'''\n7\n'''",
    "x = '''\ndef f():\n    '''\nx",
    "x = [1,\n2]\n[\nx\n]",
    "import math\n@staticmethod\ndef f(x):\n    return x",
    "x = 1\ndef f(): return 2; 3",
    "x = 1\nf'{x}'",
    "x = 1; x\n2",
    "x = 1\n(y := 3)",
    "x = 1\nx: int",
    "x = 1\n*x, = [1]",
    "a, b = 1, 2\n*[a, b], 3",
    "x = 1\r\nx\r2",
    "x = 1 + \\\n2\nx",
    "x = 1\nreturn 3",
    "return 3\nx = 1",
    "x = 1\nx = = 2",
    "x = 1\n    y = 2\nx",
    "x = 1\n1 / 0\nx = 2",
    "x = 1\nx = 2\n1 / 0",
    "def f():\n    return 1 / 0\nx = 1\nf()",
    "from __future__ import annotations\ndef f(x: nowhere): ...\nf.__annotations__",
    "def g(x: nowhere): ...\ng.__annotations__",
    "import asyncio\nawait asyncio.sleep(0)\n1",
    "x = 1\n%time y = x\ny",
    "%%time\nx = 1\nx",
    "%%capture\nx = 1\nprint(x)",
    "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.ast_node_interactivity = 'all'",
    "x = 1\nx\nx + 1",
    "InteractiveShell.ast_node_interactivity = 'last_expr'\nx = 3",
    "x = 1\nx\nx + 1",
    "import ast\nclass Seven(ast.NodeTransformer):\n    def visit_Constant(self, node): return ast.Constant(7)",
    "get_ipython().ast_transformers.append(Seven())\nx = 1",
    "x = 1\nx",
]
NAMES = ("x", "y", "a", "b", "c")
IPYTHON = """
import contextlib, io, json, sys
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

config = Config()
config.HistoryManager.enabled = False
config.InteractiveShell.colors = "nocolor"
shell, found = InteractiveShell.instance(config=config), []
for source in json.load(sys.stdin):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = shell.run_cell(source, store_history=False)
    error = result.error_before_exec or result.error_in_exec
    value = None if result.result is None else repr(result.result)
    found.append([value, type(error).__name__ if error else None])
names = {name: repr(shell.user_ns.get(name)) for name in sys.argv[1:]}
print(json.dumps([found, names]))
"""


@pytest.fixture(scope="module")
def theirs():
    """What IPython makes of the cells: the value that each shows last, what each raises, and what is left."""
    command = [sys.executable, "-c", IPYTHON, *NAMES]
    done = subprocess.run(command, input=json.dumps(CELLS), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_cells_show_raise_and_leave_what_they_do_in_ipython(server, theirs):
    execution = server.run([*map(Run, range(1000), CELLS), Read(NAMES)], Limits())
    for index, (source, (value, raised)) in enumerate(zip(CELLS, theirs[0], strict=True)):
        shown = [o["data"]["text/plain"] for o in execution.outputs[index] if o["output_type"] == "execute_result"]
        assert shown[-1:] == ([value] if value is not None else []), source
        assert (execution.raised[index].kind if index in execution.raised else None) == raised, source
    assert {name: repr(execution.values[name]) for name in NAMES} == theirs[1]


def test_a_failure_names_its_line(run):
    [output] = run("x = 1\ny = 2\n1 / 0\nx = 3\nx = 4").outputs[0]
    assert "----> 3 1 / 0" in "\n".join(output["traceback"])
    [output] = run("x = 1\ny = 2\n\ny / 0").outputs[0]
    assert "----> 4 y / 0" in "\n".join(output["traceback"])
    [output] = run("x = 1\n\n\ndef f(x):\n    return x / 0\n\nf(1)").outputs[0]
    assert "----> 5     return x / 0" in "\n".join(output["traceback"]).replace("---->  5", "----> 5")
