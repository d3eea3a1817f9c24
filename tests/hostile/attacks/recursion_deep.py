# ruff: noqa
"""Recursion without end, and a recursion limit that does not limit.

MUST HAPPEN: the cell raises or the process dies; the earlier answer keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import sys

sys.setrecursionlimit(10**9)


def f(n):
    return f(n + 1) + 1


f(0)
