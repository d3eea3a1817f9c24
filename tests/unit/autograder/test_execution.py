"""Running student code in a real forked child."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from assignments.blueprint import Limits
from autograder.execution import Build, Call, Read, Run, Train, forkserver, tiers
from autograder.execution.answers import outputs
from autograder.execution.forkserver import ForkServer
from autograder.responses import Malformed, Raised, Unreadable
from question_bank.errors import ExecutionError

QUICK = Limits(cell_seconds=0.5, submission_seconds=20)


@pytest.fixture
def text_of(run):
    """The stdout of one cell."""

    def stdout(source):
        return "".join(o["text"] for o in run(source).outputs[0] if o.get("name") == "stdout")

    return stdout


# Values


def test_cells_share_their_variables_and_are_read_where_asked(run):
    found = run("x = 1", Read(("x",)), "x = x + 1\ny = [x, 2.5, 'z']", read=["y"])
    assert found.values == {"x": 1, "y": [2, 2.5, "z"]}
    assert (found.raised, found.stopped) == ({}, "")


def test_a_variable_that_is_not_there_is_a_name_error(run):
    assert run("x = 1", read=["y"]).values == {"y": Raised("NameError", "name 'y' is not defined")}


def test_arrays_and_objects_come_back_as_data(run):
    found = run("import torch\nx = torch.arange(3)\ny = {'a': 1}\nz = x.shape", read=["x", "y", "z"]).values
    assert found["x"].tolist() == [0, 1, 2]
    assert found["y"] == Unreadable("a value of type builtins.dict")
    assert found["z"] == [3]


HOSTILE = """
class Odd(list):
    def __len__(self): raise SystemExit
class Endless(list):
    def __iter__(self):
        while True: pass
    def __len__(self): return 1
x, y, z = Odd(), Endless(), 7
"""


def test_a_value_that_resists_reading_costs_only_itself(run):
    found = run(HOSTILE, read=["x", "y", "z"]).values
    assert found["x"].kind == "SystemExit"
    assert found["y"] == Raised("TimeLimit", "the cell ran longer than the 0.5 s allowed")
    assert found["z"] == 7


def test_one_submission_sees_nothing_of_another(run):
    run("leak = 7\nimport builtins, math\nbuiltins.leak2 = math.leak3 = 8\nopen('left.txt', 'w').write('x')")
    found = run(
        "import math, os\nseen = [n for n in ('leak', 'leak2') if n in dir(__builtins__) or n in globals()]\n"
        "seen += [hasattr(math, 'leak3'), os.listdir('.')]",
        read=["seen"],
    )
    assert found.values == {"seen": [False, []]}


@pytest.mark.parametrize("library", ["", "import torch\n"])
def test_what_the_warm_process_has_tried_out_cannot_be_seen(run, library):
    names = "import sys\nnames = [n for n in globals() if n[0] != '_']"
    rest = "rest = ['_' in globals(), len(Out), hasattr(sys, 'last_value')]"
    found = run(library + names, rest, read=["names", "rest"]).values
    assert set(found["names"]) <= {"In", "Out", "get_ipython", "exit", "quit", "open", "sys", "torch"}
    assert found["rest"] == [False, 0, False]


def test_random_numbers_are_the_same_each_time(run):
    source = "import random, numpy, torch\nx = [random.random(), numpy.random.rand(), torch.rand(1).item(), hash('a')]"
    assert run(source, read=["x"]).values == run(source, read=["x"]).values


# What goes wrong in a cell


@pytest.mark.parametrize(
    "source, kind",
    [
        ("1 / 0", "ZeroDivisionError"),
        ("x = (", "SyntaxError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("import sys; sys.exit(3)", "SystemExit"),
        ("raise BaseException('x')", "BaseException"),
        ("class E(Exception):\n    def __str__(self): raise SystemExit\nraise E", ""),
        ("x = input('your name? ')", "RuntimeError"),
        ("x = '\\ud800'\nraise ValueError(x)", "ValueError"),
        ("import time; time.sleep(30)", "TimeLimit"),
        ("import time\nwhile True:\n    try:\n        time.sleep(9)\n    except Exception:\n        pass", "TimeLimit"),
    ],
    ids=lambda value: value[-24:],
)
def test_a_cell_that_raises_is_noted_and_the_next_ones_run(run, source, kind):
    found = run("x = 0", source, "y = 1", read=["y"])
    assert kind in found.raised[1].kind
    assert found.raised.keys() == {1}
    assert found.values["y"] == 1
    assert not found.stopped


@pytest.mark.parametrize("source", ["quit()", "exit()", "exit"])
def test_exit_in_a_cell_does_not_end_the_notebook(run, source):
    found = run(source, "y = 1", read=["y"])
    assert (found.values, found.raised) == ({"y": 1}, {})


def test_endless_recursion_is_an_error(run):
    found = run("def f(): f()\nf()", "y = 1", read=["y"], limits=Limits())
    assert (found.raised[0].kind, found.values) == ("RecursionError", {"y": 1})


def test_what_a_cell_raised_is_told_with_its_message_and_a_traceback(run):
    found = run("def half(x):\n    return x / 0\nhalf(1)")
    assert found.raised == {0: Raised("ZeroDivisionError", "division by zero")}
    [error] = found.outputs[0]
    assert (error["output_type"], error["ename"], error["evalue"]) == ("error", "ZeroDivisionError", "division by zero")
    assert "half" in "".join(error["traceback"])


def test_a_long_loop_is_interrupted_at_its_limit(run):
    start = time.monotonic()
    found = run("x = 1\nwhile True: pass", read=["x"])
    assert 0.4 < time.monotonic() - start < 2
    assert found.raised == {0: Raised("TimeLimit", "the cell ran longer than the 0.5 s allowed")}
    assert found.values == {"x": 1}


STUBBORN = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass"


def test_a_loop_that_swallows_interruptions_is_killed(run, monkeypatch):
    monkeypatch.setattr(forkserver, "GRACE_SECONDS", 0.5)
    found = run("x = 1", Read(("x",)), STUBBORN, "y = 1", read=["y"])
    assert found.values == {"x": 1}
    assert found.stopped == "code ran longer than the 0.5 s allowed and could not be interrupted"
    assert found.raised == {2: Raised("Stopped", found.stopped)}


def test_the_whole_submission_has_a_limit(run):
    found = run("x = 1", *["while True: pass"] * 5, read=["x"], limits=Limits(cell_seconds=0.4, submission_seconds=1))
    assert found.stopped == "the notebook ran longer than the 1 s allowed"
    assert found.values == {}


@pytest.mark.parametrize(
    "source", ["import os; os._exit(0)", "import ctypes; ctypes.string_at(0)", "import os; os.abort()"]
)
def test_a_process_that_ends_itself_stops_the_run_and_no_other(run, source):
    found = run("x = 1", Read(("x",)), source, "y = 1", read=["y"])
    assert (found.values, found.stopped) == ({"x": 1}, "the notebook's process ended itself")
    assert found.raised == {2: Raised("Stopped", found.stopped)}
    assert run("y = 2", read=["y"]).values == {"y": 2}


def test_children_left_behind_are_killed(run):
    source = "import subprocess\nx = subprocess.Popen(['sleep', '61.7'], start_new_session=True).poll()"
    assert run(source, read=["x"]).values == {"x": None}
    assert not _running("61.7")


def _running(argument):
    """Whether some process of this machine was started with this argument."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if argument.encode() in file.read_bytes().split(b"\0"):
                return True
    return False


def test_a_reply_of_something_else_stops_the_run(run):
    sockets = "[o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() > 0]"
    source = f"import gc, socket, struct\n[c] = {sockets}\nc.sendall({{}})"
    for body in (r"b'\xff\xff\xff\xff'", r"struct.pack('!I', 3) + b'abc'", r"struct.pack('!I', 2) + b'[]'"):
        found = run(source.format(body), read=["x"])
        assert found.stopped.startswith("the notebook's process sent what it was not asked for")


# Outputs


def test_what_is_printed_and_shown_is_kept_in_order(run):
    source = "import sys\nprint('one')\ndisplay('two')\nprint('three', file=sys.stderr)\nprint('four')\n5"
    one, two, three, four, five = run(source).outputs[0]
    assert one == {"output_type": "stream", "name": "stdout", "text": "one\n"}
    assert two == {"output_type": "display_data", "data": {"text/plain": "'two'"}, "metadata": {}}
    assert three == {"output_type": "stream", "name": "stderr", "text": "three\n"}
    assert four["text"] == "four\n"
    assert five["output_type"] == "execute_result"
    assert (five["data"], five["execution_count"]) == ({"text/plain": "5"}, None)


def test_what_is_printed_in_pieces_is_one_output(run):
    assert len(run("for n in range(5): print(n, end=' ')").outputs[0]) == 1


def test_a_cell_without_output_has_none(run):
    assert run("x = 1", "# nothing").outputs == {0: [], 1: []}


def test_outputs_stand_with_their_cells(text_of, run):
    assert [o[0]["text"] for o in run("print(1)", "print(2)").outputs.values()] == ["1\n", "2\n"]


def test_cells_run_as_ipython_runs_them(run, text_of):
    assert run("import asyncio\nawait asyncio.sleep(0)\nx = 7", read=["x"]).values == {"x": 7}
    assert "hello" in text_of("!echo hello")
    assert run("x = !echo hello\ny = list(x)", read=["y"]).values == {"y": ["hello"]}
    assert run("%%time\nx = 1", read=["x"]).values == {"x": 1}
    assert run("%matplotlib inline", "x = 1", read=["x"]).values == {"x": 1}
    assert text_of("%%capture\nprint('unseen')") == ""


def test_cells_run_in_a_folder_that_is_gone(run):
    gone = "import os\nos.mkdir('here')\nos.chdir('here')\nos.rmdir('../here')"
    found = run(gone, "x = 1\ny = 2", "1 / 0", read=["y"])
    assert (found.values, found.raised[2].kind) == ({"y": 2}, "ZeroDivisionError")


def test_an_error_shows_the_lines_of_the_cell(run):
    [error] = run("def f():\n    return 1 / 0\n\nf()").outputs[0]
    text = "\n".join(error["traceback"])
    assert "Cell In[1], line 4" in text
    assert "----> 2     return 1 / 0" in text


def test_a_cell_may_change_what_ipython_makes_of_later_ones(run):
    change = "get_ipython().input_transformers_cleanup.append(lambda lines: [line.replace('1', '2') for line in lines])"
    assert run(change, "x = 1\ny = 1", read=["x", "y"]).values == {"x": 2, "y": 2}


def test_giant_output_is_cut(text_of):
    text = text_of("for _ in range(3): print('x' * 10**6)")
    assert len(text) < 101_000
    assert text.endswith("\n… the rest of the output was cut …\n")


@pytest.mark.parametrize(
    "source",
    [
        "for _ in range(6000): print(1); print(2, file=sys.stderr)",
        "for n in range(20000): display(n)",
        "for _ in range(120): display(type('Page', (), {'_repr_html_': lambda self: 'x' * 10**6})())",
    ],
    ids=["alternating streams", "displays", "large displays"],
)
def test_more_output_than_is_kept_costs_no_answer(run, source):
    limits = Limits(cell_seconds=10, submission_seconds=20)
    found = run(f"import sys\n{source}\nx = 1", read=["x"], limits=limits)
    assert (found.values, found.stopped) == ({"x": 1}, "")
    assert 1 < len(found.outputs[0]) <= 1000


@pytest.mark.parametrize(
    "source",
    [
        "import sys; sys.stdout.close()",
        "import sys; sys.stdout = None",
        "import sys; sys.stdout = sys.stderr = open('/dev/full', 'w')",
        "import os; os.close(1); os.close(2)",
        "import sys; sys.stdout.flush(); sys.stdout.isatty(); sys.stdout.writelines(['x'])",
        "import warnings; warnings.warn('x')",
        "import logging; logging.warning('x')",
        "import sys; sys.excepthook = sys.displayhook = None",
        "from IPython.display import clear_output, HTML, display; clear_output(); display(HTML('<b>'))",
    ],
    ids=lambda source: source[-30:],
)
def test_odd_dealings_with_output_cost_no_answer(run, source):
    found = run(source, "print('after')", "x = 1", read=["x"])
    assert found.values == {"x": 1}
    assert found.outputs[1] == [{"output_type": "stream", "name": "stdout", "text": "after\n"}]


def test_output_with_lone_surrogates_can_be_written(run):
    [printed, shown] = run("print('a\\ud800b')\n'c\\udfff'").outputs[0]
    assert printed["text"] == "a?b\n"
    shown["data"]["text/plain"].encode()


def test_what_a_called_function_prints_is_not_kept(run):
    found = run("def f(x):\n    print('x' * 10**6)\n    return x", Call("f", 0, (np.ones(2),)))
    assert found.calls["f"][0].tolist() == [1, 1]
    assert found.outputs == {0: []}


# Calls


def test_a_function_is_called_with_tensors(run):
    found = run("def f(x, n):\n    return type(x).__name__, x * n", Call("f", 3, (np.arange(3.0), np.array(2))))
    name, product = found.calls["f"][3]
    assert (name, product.tolist()) == ("Tensor", [0, 2, 4])


def test_every_call_gets_fresh_arguments(run):
    x = np.ones(2)
    found = run(
        "kept = []\ndef f(x):\n    kept.append(x)\n    return x + len(kept)",
        Call("f", 0, (x,)),
        Call("f", 1, (x,)),
        "kept[0][:] = 9",
        Call("f", 2, (x,)),
    )
    assert [result.tolist() for result in found.calls["f"].values()] == [[2, 2], [3, 3], [4, 4]]


def test_what_a_call_gives_is_kept_under_its_key(server):
    steps = [Run(0, "def f(x):\n    return 2 * x"), Call("f", 0, (4,), key="q1.f")]
    steps += [Run(1, "def f(x):\n    return 3 * x"), Call("f", 0, (4,), key="q2.f")]
    assert server.run(steps, Limits()).calls == {"q1.f": {0: 8}, "q2.f": {0: 12}}


def test_a_function_that_changes_its_arguments_is_told_so(run):
    found = run("def f(x, y):\n    y.zero_()\n    return x", Call("f", 0, (np.ones(2), np.ones(2))))
    assert found.calls["f"][0].kind == "ChangedArguments"
    assert "argument 2" in found.calls["f"][0].message


def test_a_function_may_ask_for_gradients_of_its_arguments(run):
    found = run("def f(x):\n    return x.requires_grad_() * 2", Call("f", 0, (np.ones(2),)))
    assert found.calls["f"][0].tolist() == [2, 2]


@pytest.mark.parametrize(
    "source, kind",
    [
        ("", "NameError"),
        ("f = 7", "TypeError"),
        ("def f(): return 1", "TypeError"),
        ("def f(x): return {}[0]", "KeyError"),
        ("def f(x): raise NotImplementedError", "NotImplementedError"),
        ("def f(x): raise SystemExit", "SystemExit"),
        ("def f(x):\n    while True: pass", "TimeLimit"),
        ("def f(x): return f(x)", "RecursionError"),
    ],
    ids=lambda value: value,
)
def test_a_call_that_fails_costs_only_itself(run, source, kind):
    found = run(source, Call("f", 0, (np.ones(1),)), "y = 1", read=["y"])
    assert found.calls["f"][0].kind == kind
    assert found.values == {"y": 1}


# The server


def test_a_server_that_died_is_started_again():
    with ForkServer() as server:
        assert server.run([Run(0, "x = 1"), Read(("x",))], QUICK).values == {"x": 1}
        [process] = [warm._process for warm in server._warm.values()]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert server.run([Run(0, "x = 2"), Read(("x",))], QUICK).values == {"x": 2}
        [process] = [warm._process for warm in server._warm.values()]
    assert process.returncode == 0


def test_a_server_that_cannot_start_is_our_fault(monkeypatch):
    monkeypatch.setattr(forkserver, "ENVIRONMENT", {"PYTHONHOME": "/nowhere"})
    with pytest.raises(ExecutionError, match="did not start"), ForkServer() as server:
        server.run([Run(0, "x = 1")], QUICK)


def test_the_child_knows_nothing_of_ours(run):
    source = "import sys\nx = [m for m in sys.modules if m.split('.')[0] in ('question_bank', 'assignments')]"
    assert run(source, read=["x"]).values == {"x": []}


def test_nothing_to_run_runs_nothing(run):
    assert run() == type(run())()


# What the child may send as outputs


STREAM = {"output_type": "stream", "name": "stdout", "text": "x"}


def test_unknown_keys_of_outputs_are_dropped():
    assert outputs([STREAM | {"evil": 1}]) == [STREAM]
    [shown] = outputs([{"output_type": "display_data", "data": {"text/plain": "x", "y": 7}, "metadata": {"z": 1}}])
    assert shown == {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}
    [error] = outputs([{"output_type": "error", "ename": "E", "evalue": "", "traceback": ["a", 7]}])
    assert error["traceback"] == ["a"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        "x",
        [None],
        [7],
        [{}],
        [STREAM | {"name": "stdin"}],
        [STREAM | {"text": ["x"]}],
        [STREAM | {"output_type": "update_display_data"}],
        [{"output_type": "error", "ename": 1, "evalue": "", "traceback": []}],
        [{"output_type": "error", "ename": "E", "evalue": "", "traceback": "x"}],
        [{"output_type": "display_data", "data": "x"}],
        [STREAM] * 10_001,
    ],
    ids=lambda data: repr(data)[:50],
)
def test_forged_outputs_are_refused(data):
    with pytest.raises(Malformed):
        outputs(data)


def test_training_that_runs_out_of_time_is_taken_as_it_stands():
    source = """
import torch
def make_model():
    return torch.nn.Linear(1, 2)
def train(model, images, labels):
    with torch.no_grad():
        model.weight.fill_(3)
    while True:
        pass
"""
    data = (np.ones((2, 1), "float32"), np.zeros(2, "int64"), np.ones((3, 1), "float32"))
    with ForkServer(tiers.choose()) as server:
        steps = [Run(0, source), Train("train", 0, "make_model", data, 1.0), Read(("make_model",))]
        found = server.run(steps, Limits(cell_seconds=5))
    names, arrays, outputs, stopped = found.calls["train"][0]
    assert names == ["weight", "bias"]
    assert arrays[0].tolist() == [[3], [3]]
    assert outputs.shape == (3, 2)
    assert stopped == "the time for training was up"
    assert not found.stopped


def test_a_network_without_images_takes_no_memory():
    source = "import torch\ndef net(n):\n    return torch.nn.Linear(n, n)"
    with ForkServer(tiers.choose()) as server:
        steps = [Run(0, source), Build("net", 0, (10**6,), None), Build("net", 1, (2,), np.ones((1, 2), "float32"))]
        found = server.run(steps, Limits()).calls["net"]
    assert found[0] == [["weight", "bias"], [[10**6, 10**6], [10**6]], None, ""]
    assert found[1][2].shape == (1, 2)


def test_what_optimisers_import_is_imported_once_for_all_and_only_where_it_is_wanted():
    look = "import sys, torch\nwas, r = 'torch._dynamo' in sys.modules, float(torch.rand(1))"
    with ForkServer(tiers.choose()) as server:

        def seen(source):
            return server.run([Run(0, source), Read(("was", "r"))], Limits()).values

        before, after = seen(look), seen(f"{look}\ntorch.optim.SGD([torch.ones(1, requires_grad=True)], 0.1)")
    assert (before["was"], after["was"]) == (False, True)
    assert before["r"] == after["r"]  # the same random numbers, whoever came first
