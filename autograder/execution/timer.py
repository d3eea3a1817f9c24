"""Time limits inside the child, for code that can be interrupted."""

from __future__ import annotations

import signal
import time
from types import TracebackType


class TimeLimit(BaseException):
    """The cell ran too long. No `Exception`, so that `except Exception` in a loop does not swallow it."""


class Timer:
    """Raises TimeLimit in the running code after `seconds`, and again each second if that is swallowed.

    One inside another gives back what was left of the outer one's time.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        self.outer, _ = signal.setitimer(signal.ITIMER_REAL, self.seconds, 1.0)
        self.end = time.monotonic() + self.outer

    def __exit__(self, kind: type | None, value: BaseException | None, trace: TracebackType | None) -> None:
        left = max(0.01, self.end - time.monotonic()) if self.outer else 0.0
        signal.setitimer(signal.ITIMER_REAL, left, 1.0)


def text_of(error: BaseException) -> str:
    """What an exception says; nothing where its own `__str__` raises or does not end."""
    try:
        with Timer(1.0):
            return str(error)
    except BaseException:  # noqa: BLE001 - it is the student's
        return ""
