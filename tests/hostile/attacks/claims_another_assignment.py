# ruff: noqa
"""The notebook says that it is another assignment, by a name that is a path.

MUST HAPPEN: it is refused, and nothing is written at that path.
"""
# expect: points <= 0
# expect: problem contains "belongs to"
# metadata: {"assignment": "../../hw"}

# %% q1_answer
# {{ right q1 }}
