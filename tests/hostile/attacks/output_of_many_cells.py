# ruff: noqa
"""Many cells that each display as much as a cell may.

MUST HAPPEN: what is kept of all cells together is bounded.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% before q2
from IPython.display import HTML, display


def flood():
    for _ in range(17):
        display(HTML("x" * 1_000_000))


flood()

# %% before q2
flood()

# %% before q2
flood()

# %% before q2
flood()

# %% before q2
flood()

# %% before q2
flood()
