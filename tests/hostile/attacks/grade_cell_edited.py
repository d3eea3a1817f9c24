# ruff: noqa
"""The locked grade cell is edited so that it awards its points.

MUST HAPPEN: a grade cell is never run; the real one is put back.
"""
# expect: points <= 0
# expect: output lacks "I ran"

# %% q1
print("I ran")
3.0

# %% q2 {"nbgrader": {"grade": true, "grade_id": "q2", "locked": false, "points": 100, "schema_version": 3, "solution": false, "task": false}}
print("I ran")
100
