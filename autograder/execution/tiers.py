"""Which isolation this machine offers, found out by trying: a tier is what passes its probe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assignments.blueprint import Limits
from autograder.execution import Read, Run, Step
from autograder.execution.forkserver import ForkServer
from question_bank.errors import ExecutionError

MEANING = {
    "A": "isolated: namespaces, seccomp, resource limits",
    "B": "isolated, but for a quota on disk: Landlock, seccomp, resource limits",
    "C": "NOT isolated: resource limits only",
}
HELP = (
    "Student code would run unprotected. Isolation needs Linux with user namespaces (in a container: run it with "
    "--security-opt seccomp=unconfined, or as root with CAP_SYS_ADMIN) or Landlock (Linux 6.12). "
    "To grade without it all the same, say --unsafe-no-sandbox"
)

PROBE = """
import os, socket
found = []
for path in ["/etc/shadow", os.path.expanduser("~root/.ssh"), {planted!r}]:
    try:
        os.stat(path)
        open(path).close()
        found.append(path)
    except OSError:
        pass
try:
    socket.socket().close()
    found.append("the network")
except OSError:
    pass
try:
    open("/usr/fieldmark-probe", "w").close()
    found.append("writing to /usr")
except OSError:
    pass
"""


@dataclass(frozen=True)
class Finding:
    """What became of trying a tier; `fault` is empty where it works."""

    tier: str
    fault: str


def findings() -> Iterator[Finding]:
    """Try the isolating tiers, best first."""
    for tier in ("A", "B"):
        yield Finding(tier, _fault(tier))


def choose(unsafe: bool = False) -> str:
    """The best tier that works here; C only where it is asked for. Raises ExecutionError where there is none."""
    if unsafe:
        return "C"
    faults = []
    for finding in findings():
        if not finding.fault:
            return finding.tier
        faults.append(f"tier {finding.tier}: {finding.fault}")
    raise ExecutionError(f"{'; '.join(faults)}. {HELP}")


def _fault(tier: str) -> str:
    """What is wrong with a tier on this machine: it cannot be had, or the probe gets where it should not."""
    steps: list[Step] = [Run(0, PROBE.format(planted=__file__)), Read(("found",))]
    try:
        with ForkServer(tier) as server:
            execution = server.run(steps, Limits())
    except ExecutionError as error:
        return str(error)
    if execution.stopped or execution.raised:
        return f"the probe failed: {execution.stopped or execution.raised[0]}"
    found = execution.values["found"]
    return f"the probe could reach {', '.join(map(str, found))}" if found != [] else ""
