# ruff: noqa
"""Answers below the grade cell of their question, above which there is none.

MUST HAPPEN: the question is marked below them, and once.
"""
# expect: keeps q1 q2

# %% after q1
# {{ right q1 }}

# %% after q2
# {{ right q2 }}
