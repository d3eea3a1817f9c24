"""No function of the course's arithmetic without a test against torch, in a `test_maths*.py` beside this file."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

from question_bank import maths


def test_every_function_is_tested():
    tests = "".join(file.read_text() for file in Path(__file__).parent.glob("test_maths*.py"))
    for found in pkgutil.iter_modules(maths.__path__):
        module = importlib.import_module(f"question_bank.maths.{found.name}")
        own = [f for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__]
        untested = [f.__name__ for f in own if f.__name__[0] != "_" and not re.search(rf"\b{f.__name__}\b", tests)]
        assert untested == [], found.name
