"""Notebooks run as Jupyter would run them; what needs the world outside says that it is not there."""

from pathlib import Path

import numpy as np
import pytest

from assignments.blueprint import Limits
from autograder.execution import Call, Read, Run, tiers
from autograder.execution.forkserver import ForkServer
from question_bank.catalog import BANK

TEMPLATE = next(BANK.glob("*/*.py"))
PATIENT = Limits(cell_seconds=5, submission_seconds=20)


def text(execution):
    return "".join(output.get("text", "") for output in execution.outputs[0])


@pytest.mark.parametrize("source", ["%pip install x", "!pip install x", "!python -m pip install x", "%conda install x"])
def test_packages_are_not_installed_and_it_costs_nothing_else(run, source):
    found = run(source + "\ny = 1", read=["y"])
    assert "Packages cannot be installed while your notebook is marked" in text(found)
    assert found.values == {"y": 1} and not found.raised


@pytest.mark.parametrize(
    "source",
    [
        "import urllib.request; urllib.request.urlopen('http://example.org')",
        "import socket; socket.create_connection(('example.org', 80))",
        "import socket; socket.gethostbyname('example.org')",
    ],
)
def test_the_network_is_not_there_and_the_message_says_so(run, source):
    found = run(source, "y = 1", read=["y"], limits=PATIENT)
    assert "there is no network while your notebook is marked" in found.raised[0].message
    assert found.values == {"y": 1}


def test_a_shell_cell_and_a_captured_command(run):
    found = run("%%bash\necho a; echo b >&2", "z = !echo c\nz = list(z)", read=["z"])
    assert "a" in text(found)
    assert found.values == {"z": ["c"]}


def test_a_figure_is_an_output_with_and_without_the_magic(run):
    for first in ("%matplotlib inline\n", ""):
        found = run(first + "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", limits=PATIENT)
        assert not found.raised
        assert any("image/png" in output.get("data", {}) for output in found.outputs[0])


def test_processes_and_threads_of_its_own_work(run):
    source = (
        "import multiprocessing as m\nq = m.Queue()\np = m.Process(target=q.put, args=(7,))\np.start()\nx = q.get()"
    )
    assert run(source, read=["x"]).values == {"x": 7}


def test_training_works(run):
    source = (
        "import torch\nlayer = torch.nn.Linear(2, 1)\nlayer(torch.ones(1, 2)).sum().backward()\n"
        "torch.optim.SGD(layer.parameters(), 0.1).step()\nx = layer.weight.grad"
    )
    assert run(source, read=["x"], limits=PATIENT).values["x"].tolist() == [[1, 1]]


def test_a_call_says_what_it_took(run):
    source = (
        "import torch\ndef f(x):\n    y = torch.ones(5_000_000)\n    while y.sum() < 0:\n        pass\n    return x"
    )
    found = run(source, Call("f", 0, (np.ones(1, np.float32),)))
    cost = found.costs["f"][0]
    assert cost.seconds > 0 and cost.memory_mb > 10


# Limits


def test_memory_of_one_process_is_an_error_in_its_cell_alone(run):
    found = run("y = 1", "x = bytearray(3 * 2**30)", "z = 2", read=["y", "z"])
    assert found.raised[1].kind == "MemoryError"
    assert found.values == {"y": 1, "z": 2}


def test_memory_of_many_processes_together_stops_the_run(run):
    bomb = (
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        x = b'x' * (400 * 2**20)\n"
        "        time.sleep(30)\ntime.sleep(0.4)\nfor i in range(10**9): pass"
    )
    found = run("y = 1", Read(("y",)), bomb, "z = 2", read=["z"], limits=PATIENT)
    assert "more than the 1024 MB of memory allowed" in found.stopped
    assert found.values == {"y": 1}


def test_more_processes_than_allowed_are_an_error(run):
    found = run("import os, time\nfor _ in range(500):\n    if os.fork() == 0: time.sleep(30)", "z = 2", read=["z"])
    assert found.raised[0].kind == "BlockingIOError" or "processes allowed" in found.stopped


def test_disk_and_single_files_are_bounded(run):
    big = "open('a', 'wb').write(bytes(40 * 2**20))"
    many = "for n in range(9): open(str(n), 'wb').write(bytes(10 * 2**20))"
    assert run(big).raised[0].kind == "OSError"
    assert "No space left" in run(many).raised[0].message


def test_processor_time_is_bounded_and_the_rest_is_run(run):
    burn = "import os, time\nwhile time.process_time() < 9: pass"
    limits = Limits(cell_seconds=8, submission_seconds=20, cpu_seconds=1)
    found = run("y = 1", burn, "z = 2", read=["y", "z"], limits=limits)
    assert found.raised[1].message == "the notebook used more than the 1 s of processor time allowed"
    assert found.values == {"y": 1, "z": 2}


# Tier B


@pytest.fixture(scope="module")
def landlocked(tmp_path_factory):
    """A function that runs cells in tier B, a folder hidden; skips where the machine does not offer it."""
    if tiers._fault("B"):
        pytest.skip("this machine does not offer tier B")
    hidden = tmp_path_factory.mktemp("course")
    (hidden / "secret").write_text("a secret")
    with ForkServer("B", [str(hidden)]) as server:

        def run(*sources, read=()):
            return server.run([*(Run(n, source) for n, source in enumerate(sources)), Read(tuple(read))], PATIENT)

        run.hidden = hidden
        yield run


def test_landlock_keeps_files_network_and_processes_away(landlocked):
    seen = (
        "import os, signal, socket\nseen = []\n"
        "def attempt(name, do):\n    try:\n        do()\n        seen.append(name)\n    except OSError:\n        pass\n"
        f"attempt('secret', lambda: open({str(landlocked.hidden / 'secret')!r}).read())\n"
        f"attempt('templates', lambda: open({str(TEMPLATE)!r}).read())\n"
        "attempt('write', lambda: open('/usr/x', 'w'))\nattempt('network', socket.socket)\n"
        "attempt('signal', lambda: os.kill(os.getppid(), 0))\nattempt('environment', lambda: open('/proc/1/environ'))\n"
        "open('mine', 'w').write('x')\nimport numpy.fft"
    )
    found = landlocked(seen, read=["seen"])
    assert (found.raised, found.values) == ({}, {"seen": []})


def test_landlock_leaves_nothing_behind(landlocked):
    source = "import subprocess\nx = subprocess.Popen(['sleep', '63.9'], start_new_session=True).poll()"
    assert landlocked(source, read=["x"]).values == {"x": None}
    assert not any(b"63.9" in file.read_bytes() for file in Path("/proc").glob("[0-9]*/cmdline") if file.exists())
