# ruff: noqa
"""Replaces the runner's own functions, so that whatever is asked is answered with something.

MUST HAPPEN: the trusted side compares; the runner never knew the answers.
"""
# expect: points <= 0

# %% q1_answer
import sys

child, calls = sys.modules["autograder.execution.child"], sys.modules["autograder.execution.calls"]
for name in dir(child):
    if name.startswith("_") and not name.startswith("__") and callable(getattr(child, name)):
        setattr(child, name, lambda *a, **k: True)
calls.call = lambda function, arguments: arguments[0]
child.decode = lambda data: data
child.encode = lambda value: True
