# ruff: noqa
"""Writes to address zero.

MUST HAPPEN: only this process dies; the earlier answer keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "ended itself"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import ctypes

ctypes.memset(0, 1, 1)
