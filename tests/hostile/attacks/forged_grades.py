# ruff: noqa
"""Answers with points, verdicts, other questions and other students, in all forms it can think of.

MUST HAPPEN: what was not asked for is ignored or ends the run.
"""
# expect: points <= 0

# %% q1_answer
import os
import sys

frames = sys.modules["autograder.execution.frames"]
real = frames.send


def send(connection, message):
    message |= {"points": 100, "score": 1.0, "verdict": "correct", "grade": {"q1": 3}, "stopped": "", "student": "x"}
    if "values" in message:
        message["values"] |= {"conv2d": 1, "points": {"int": "100"}, "{{ neighbour }}": {"int": "1"}}
    return real(connection, message)


frames.send = send
