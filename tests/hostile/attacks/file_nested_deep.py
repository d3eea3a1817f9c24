# ruff: noqa
"""A notebook file of 200,000 nested lists.

MUST HAPPEN: it is refused with one line.
"""
# expect: points <= 0
# expect: problem contains "not a notebook"
# submit: b'[' * 200_000 + b']' * 200_000

# %% q1_answer
pass
