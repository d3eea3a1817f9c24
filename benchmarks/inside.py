"""Run a `fieldmark` command and write down what it used: `python inside.py REPORT COMMAND …`.

Peak memory is the kernel's VmHWM: unlike getrusage's, it says nothing of the process that this one was forked from.
"""

import atexit
import contextlib
import json
import re
import resource
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from autograder.cli.main import run

SECONDS = 0.25  # between two looks at the processes that it starts


def peak_mb(process: str) -> float:
    with contextlib.suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text()):
            return int(found[1]) / 1024
    return 0.0


def descendants(process: str) -> Iterator[str]:
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in file.read_text().split():
                yield child
                yield from descendants(child)


class Watch(threading.Thread):
    """Looks at the processes that this one starts: their largest peak."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest, self.over = 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(SECONDS):
            self.largest = max([self.largest, *map(peak_mb, descendants("self"))])


def report(file: Path, watch: Watch) -> None:
    watch.over.set()
    own = resource.getrusage(resource.RUSAGE_SELF)
    said = {"own_mb": peak_mb("self"), "largest_child_mb": watch.largest, "own_cpu": own.ru_utime + own.ru_stime}
    file.write_text(json.dumps(said), encoding="utf-8")


watch = Watch()
atexit.register(report, Path(sys.argv.pop(1)), watch)
watch.start()
run()
