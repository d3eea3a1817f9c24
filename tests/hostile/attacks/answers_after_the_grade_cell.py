# ruff: noqa
"""Answers below the grade cell of their question, after the marking began.

MUST HAPPEN: they come too late.
"""
# expect: points <= 0

# %% after q1
# {{ right q1 }}

# %% after q2
# {{ right q2 }}
