# ruff: noqa
"""A broken notebook file of thousands of pieces, each of which looks like a cell and cannot be read to its end.

MUST HAPPEN: mending it is given up; it is refused with one line.
"""
# expect: points <= 0
# expect: problem contains "not a notebook"
# submit: b'{"cells": [' + b'{"cell_type": "code", "source": {"a": [' * 50_000

# %% q1_answer
pass
