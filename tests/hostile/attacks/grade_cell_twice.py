# ruff: noqa
"""More grade cells of the same name, before and after, one above the answer.

MUST HAPPEN: each question is marked once.
"""
# expect: points <= 0

# %% before q1_answer {"nbgrader": {"grade": true, "grade_id": "q1", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}}
3.0

# %% after q1 {"nbgrader": {"grade": true, "grade_id": "q1", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}}
3.0

# %% after q2 {"nbgrader": {"grade": true, "grade_id": "q1", "locked": true, "points": 3, "schema_version": 3, "solution": true, "task": false}}
3.0
