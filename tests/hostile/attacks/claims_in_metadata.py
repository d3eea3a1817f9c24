# ruff: noqa
"""Points, keys, marks and templates in the notebook's own metadata.

MUST HAPPEN: nobody reads them.
"""
# expect: points <= 0
# metadata: {"keys": true, "points": 100, "template": "x/y", "parameters": {"n": 1}, "secret": "00", "questions": {"q1": 3}}

# %% q1_answer
q1_output = [[0]]
