"""What nbgrader's steps say while they work."""

from __future__ import annotations

import logging

TOLD = ("Attribute '", "Cell with id '", "Cell '")  # what somebody has changed, of what nbgrader warns of


class Notes(logging.Handler):
    """Keeps what went wrong, and what is to be said of a submission. `log` is for nbgrader to write to."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.remarks: list[str] = []
        self.last = ""
        self.log = logging.Logger("fieldmark.plain", logging.WARNING)
        self.log.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip().splitlines()
        if record.levelno >= logging.ERROR:
            if text and (not self.last or text[0].startswith("Traceback")):
                self.last = text[-1]
        # Where a cell has hidden tests, every student's differs from the source.
        elif text and text[0].startswith(TOLD) and not text[0].startswith("Attribute 'checksum'"):
            self.remarks.append(text[0])
