# ruff: noqa
"""Outputs that no cell has: thousands, other kinds, tables of tables, enormous texts, keys that are paths.

MUST HAPPEN: those of nbformat's forms are kept, the rest ends the run; the notebook stays valid.
"""
# expect: points <= 0

# %% q1_answer
import sys

frames = sys.modules["autograder.execution.frames"]
real = frames.send
KINDS = [
    {"output_type": "stream", "name": "stdout", "text": "x" * 10**6},
    {"output_type": "display_data", "data": {"../../x": "<script>hostile()</script>", "text/plain": "\ud800" * 10}},
    {"output_type": "error", "ename": "x" * 10**6, "evalue": "y", "traceback": ["z" * 10**5] * 50},
    {"output_type": "execute_result", "data": {str(n): "v" for n in range(20_000)}, "execution_count": "many"},
]


def send(connection, message):
    if "outputs" in message:
        message["outputs"] = KINDS * 2
    return real(connection, message)


frames.send = send

# %% before q2
1

# %% before q2
KINDS[0]["name"] = "../../../etc"
