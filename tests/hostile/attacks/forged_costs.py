# ruff: noqa
"""Says of its calls that they took impossible time and memory: infinite, negative, no numbers, too large for a float.

MUST HAPPEN: the run is stopped or the figures are ignored; it is not taken for a fault of the grader's.
"""
# expect: points <= 0

# %% q3_answer
import sys

frames = sys.modules["autograder.execution.frames"]
real = frames.send
COSTS = iter([[1.0, float("nan")], [float("inf"), -1.0], [True, False], [10**400, -(10**400)]] * 9)


def send(connection, message):
    if "value" in message:
        message["cost"] = next(COSTS)
    return real(connection, message)


frames.send = send


def conv2d(x, w, b):
    return x
