"""A pinned environment for an assignment: made once for each requirements file, beside our own packages.

It is a virtual environment of the Python that runs us. What the file pins is installed into it; all else, such as
IPython or torch, is found where it is installed already.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from autograder.execution.pinned import MADE
from question_bank.errors import ExecutionError

SECONDS = 1800.0  # for pip


def digest(requirements: Path) -> str:
    """What decides an environment: the file's bytes, its folder where it names others, and the Python that runs it."""
    text = requirements.read_bytes()
    found = hashlib.sha256(text + sys.version.encode() + sysconfig.get_path("purelib").encode())
    for line in text.decode("utf-8", "replace").splitlines():
        named = requirements.parent / line.partition("#")[0].strip().removeprefix("-r ").removeprefix("-c ").strip()
        if line.strip() and named.is_file():  # a wheel, or another list
            found.update(named.read_bytes())
    return found.hexdigest()[:16]


def python(requirements: Path, cache: Path) -> Path:
    """The interpreter of the environment that a requirements file pins; made where it is not in `cache` yet.

    Raises ExecutionError, one line, where pip fails.
    """
    folder = cache / digest(requirements)
    found = folder / "bin" / "python"
    if not (folder / MADE).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, requirements)
    return found


def _make(folder: Path, requirements: Path) -> None:
    # Student code may be run as another user, who has to be able to read it: hence the umask.
    _run([sys.executable, "-m", "venv", "--without-pip", str(folder)], requirements, Path("/"))
    packages = Path(_run([str(folder / "bin" / "python"), "-c", PURELIB], requirements, Path("/")).strip())
    ours = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (packages / "fieldmark.pth").write_text("".join(f"import site; site.addsitedir({folder!r})\n" for folder in ours))
    (packages / "fieldmark.pth").chmod(0o644)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--no-input", "--quiet"]
    name = str(requirements.resolve())
    _run([*pip, "--disable-pip-version-check", "-r", name], requirements, requirements.resolve().parent)
    # Written last: without it, making the environment was cut short.
    (folder / MADE).write_text(json.dumps({"requirements": requirements.name, "packages": ours}))


PURELIB = "import sysconfig; print(sysconfig.get_path('purelib'))"


def _run(command: list[str], requirements: Path, folder: Path) -> str:
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            umask=0o022,
        )
    except subprocess.TimeoutExpired as error:
        raise ExecutionError(f"{requirements}: the environment was not made within {SECONDS:g} s") from error
    if done.returncode:
        raise ExecutionError(f"{requirements}: the environment could not be made: {_reason(done.stderr)}")
    return done.stdout


def _reason(complaints: str) -> str:
    """The line that says why: pip's first error, or else the last line."""
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return f"{next(iter([*errors[-1:], *lines[-1:]]), 'pip said nothing'):.300}"
