"""What the tables of this folder share: the word for what becomes of a response, and a guard against hanging."""

import faulthandler
import importlib
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from autograder.checkers import Invalid, compare, parse
from question_bank.answers import Answer


class Table(NamedTuple):
    """Responses to one key and their verdicts: (response, verdict) or, where it may surprise, with the reason."""

    answer: Any
    key: Any
    rows: list[tuple[Any, ...]]


def every_table():
    """All tables of this folder: TABLES, CASES of (answer, key, rows), or the TABLE for ANSWER and KEY of a module."""
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(file.stem)
        cases = getattr(module, "CASES", [])
        yield from getattr(module, "TABLES", [])
        yield from (Table(*case) for case in (cases.values() if isinstance(cases, dict) else cases))
        if hasattr(module, "TABLE"):
            yield Table(module.ANSWER, module.KEY, module.TABLE)


def each_row(tables):
    """A test of (answer, key, response, expected) for every row of these tables."""
    rows = [(table.answer, table.key, *row[:2]) for table in tables for row in table.rows]
    return pytest.mark.parametrize(("answer", "key", "response", "expected"), rows, ids=_shown)


def _shown(value):
    return type(value).__name__ if isinstance(value, Answer) else repr(value)[:40]


def verdict(answer, key, response):
    """correct, partial, wrong or invalid."""
    with no_hang():
        try:
            value = parse(answer, response)
        except Invalid:
            return "invalid"
        fraction = compare(answer, key, value).fraction
    return {1.0: "correct", 0.0: "wrong"}.get(fraction, "partial")


def complaint(answer, response):
    """The message of an invalid response, or None where it can be read."""
    with no_hang():
        try:
            parse(answer, response)
        except Invalid as error:
            return str(error)
    return None


@contextmanager
def no_hang(seconds=20):
    """End the whole run, with a traceback, rather than wait for ever: a power in C can't be interrupted otherwise."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def cpu_seconds(check, enough=0.0, runs=3):
    """The least CPU time of a few runs, in seconds; of one run where that took less than `enough`."""
    spent = []
    for _ in range(runs):
        start = time.process_time()
        check()
        spent.append(time.process_time() - start)
        if spent[-1] < enough:
            break
    return min(spent)
