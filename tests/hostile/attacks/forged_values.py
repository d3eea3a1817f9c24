# ruff: noqa
"""Values whose form on the wire lies: negative and enormous shapes, objects, impossible numbers, wrong tags.

MUST HAPPEN: each is refused or read as what it is; the grader goes on.
"""
# expect: points <= 0

# %% q1_answer
import sys

child = sys.modules["autograder.execution.child"]
LIES = [
    {"array": ["object", [1], "AAAA"]},
    {"array": ["float64", [-1, -1], ""]},
    {"array": ["float64", [2**62, 2**62, 0], ""]},
    {"array": ["float64", [0] * 33, ""]},
    {"array": ["U999999999", [10**9], ""]},
    {"int": "9" * 4000},
    {"int": " 1_000 "},
    {"int": "٣"},
    {"float": "1e999999999999"},
    {"float": "nan"},
    {"complex": ["inf", "nan"]},
    {"list": [{"list": [{"list": []}]}] * 99_999},
    {"raised": ["correct", "points: 100"]},
    {"unreadable": "x" * 10**6},
    {"__reduce__": ["os.system", ["true"]]},
    {"blank": False},
    {"int": "1", "float": "1"},
    "x" * 10**6,
    10**400,
]
count = iter(range(10**9))
child.encode = lambda value: LIES[next(count) % len(LIES)]


# %% q3_answer
def conv2d(x, w, b):
    return x
