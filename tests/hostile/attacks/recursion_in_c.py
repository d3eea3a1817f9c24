# ruff: noqa
"""Overflows the C stack: deeply nested objects whose repr, comparison, pickling and deletion recurse in C.

MUST HAPPEN: only this process dies; the earlier answer keeps its points.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import itertools
import sys

sys.setrecursionlimit(10**9)
nest = []
for _ in range(2_000_000):
    nest = [nest]
q2_rows = nest
q2_columns = nest
chain = iter(())
for _ in range(500_000):
    chain = itertools.chain(chain, ())
del chain
repr(nest)
