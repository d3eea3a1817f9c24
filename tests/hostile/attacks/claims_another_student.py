# ruff: noqa
"""The notebook says that it belongs to a neighbour.

MUST HAPPEN: it is refused, the neighbour's grade is untouched, and a person looks at it.
"""
# expect: points <= 0
# expect: problem contains "belongs to"
# metadata: {"student": "f_neighbour"}

# %% q1_answer
# {{ right q1 }}
