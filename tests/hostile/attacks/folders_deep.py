# ruff: noqa
"""A tree of folders so deep that whoever cleans up by walking it fails.

MUST HAPPEN: nothing of it is left.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

try:
    for _ in range(20_000):
        os.mkdir("fieldmark-hostile-deep" * 8)
        os.chdir("fieldmark-hostile-deep" * 8)
except OSError as error:
    print("tried", error)
