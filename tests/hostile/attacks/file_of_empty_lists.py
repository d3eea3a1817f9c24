# ruff: noqa
"""A notebook file of thirty megabytes of empty lists.

MUST HAPPEN: it is refused; the grader's memory is bounded.
"""
# expect: points <= 0
# expect: problem contains "not a notebook"
# submit: b'{"cells": [' + b'[],' * 10_000_000 + b'[]]}'

# %% q1_answer
pass
