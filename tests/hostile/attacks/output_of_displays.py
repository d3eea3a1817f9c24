# ruff: noqa
"""Thousands of displayed things, large ones, endless updates, objects whose representation lies or never ends.

MUST HAPPEN: what is kept is bounded; what comes after runs.
"""
# expect: keeps q1 q3

# %% q1_answer
# {{ right q1 }}

# %% before q2
from IPython.display import HTML, clear_output, display


class Odd:
    def _repr_html_(self):
        return "x" * 10**7

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "x" * 10**7, "text/html": 7, "application/x": {"a": object()}, 3: "y"}


for number in range(50_000):
    display(HTML("<b>x</b>" * 20), display_id=str(number))
    clear_output()

# %% before q2
display(Odd(), Odd(), Odd())
Odd()


# %% before q2
class Endless:
    def __repr__(self):
        while True:
            pass


Endless()

# %% q3_answer
# {{ right q3 }}
