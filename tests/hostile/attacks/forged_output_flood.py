# ruff: noqa
"""Every cell answers with a hundred megabytes of output, past the runner, which would have cut it.

MUST HAPPEN: what is kept of all cells together is bounded, on disk and in the grader's memory.
"""
# expect: points <= 0

# %% q1_answer
import sys

frames = sys.modules["autograder.execution.frames"]
real = frames.send


def send(connection, message):
    if "outputs" in message:
        message["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 80_000_000}]
    return real(connection, message)


frames.send = send

# %% before q2
1

# %% before q2
2

# %% before q2
3

# %% before q2
4

# %% before q2
5

# %% before q2
6

# %% before q2
7

# %% before q2
8
