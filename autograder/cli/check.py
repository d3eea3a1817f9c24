"""`fieldmark check`: one response against one key, or one of each for every line of standard input."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, TextIO

from autograder.checkers import door
from autograder.checkers.text import harmless
from autograder.responses import MAX_DIGITS, Unreadable

NAMES = ("kind", "options", "key", "response")


def one(kind: str, options: str, key: str, response: str, as_json: bool) -> int:
    """Check one response and print what became of it; 2 where what was asked makes no sense, else 0."""
    try:
        found = _answered({"kind": kind, "options": _parsed(options), "key": key, "response": response})
    except door.Fault as fault:
        sys.stderr.write(f"fieldmark: {harmless(str(fault))}\n")
        return 2
    print(json.dumps(found) if as_json else harmless(_readable(found)))
    return 0


def _readable(found: Mapping[str, Any]) -> str:
    read_as = f"read as {found['note'][:500]}" if found["note"] else ""
    return "\n".join(filter(None, [found["verdict"], found["message"], read_as]))


def lines(source: BinaryIO, to: TextIO) -> int:
    """Answer every line, a JSON object each, with another; 1 where one of them makes no sense, else 0."""
    failed = False
    for line in _not_empty(source):
        try:
            found = _answered(_parsed(line))
        except door.Fault as fault:
            found, failed = {"error": str(fault)}, True
        except Exception as error:  # noqa: BLE001 - a fault of ours in one line must not cost the others
            found, failed = {"error": f"could not be checked: {type(error).__name__}: {error}"}, True
        to.write(json.dumps(found) + "\n")  # in ASCII: nothing that acts on a terminal
        to.flush()
    return 1 if failed else 0


def _not_empty(source: Iterable[bytes]) -> Iterable[bytes]:
    return (line for line in source if line.strip())


def _parsed(line: bytes | str) -> Any:
    """The JSON in a line. Raises Fault."""
    try:
        return json.loads(line, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise door.Fault(f"not JSON: {error}") from error


def _whole(digits: str) -> Any:
    """Python itself refuses to read very long ones."""
    return int(digits) if len(digits) <= MAX_DIGITS else Unreadable("an integer of thousands of digits")


def _answered(asked: Any) -> dict[str, Any]:
    """What became of one response, and the CPU time that it took. Raises Fault."""
    if not isinstance(asked, dict) or not {"kind", "key", "response"} <= asked.keys() <= set(NAMES):
        raise door.Fault('expected an object {"kind": …, "options": {…}, "key": …, "response": …}')
    options = asked.get("options") or {}
    if not isinstance(options, dict) or not isinstance(asked["kind"], str):
        raise door.Fault("expected a kind that is a text and options that are an object")
    start = time.process_time()
    checked = door.check(asked["kind"], options, asked["key"], asked["response"])
    spent = round(1000 * (time.process_time() - start), 3)
    return {"verdict": checked.verdict, "message": checked.message, "note": checked.note, "ms": spent}
