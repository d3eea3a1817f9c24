# ruff: noqa
"""Further cells that claim points: unknown names, other students' names, odd names, metadata of the wrong kinds.

MUST HAPPEN: they are cells like any other.
"""
# expect: points <= 0

# %% before q1 {"nbgrader": {"grade": true, "grade_id": "q99", "locked": true, "points": 1000, "schema_version": 3, "solution": false, "task": false}}
1000

# %% before q1 {"nbgrader": {"grade": true, "grade_id": "../../{{ neighbour }}", "points": "many"}}
1000

# %% before q1 {"nbgrader": {"grade": "yes", "grade_id": ["q1"], "points": NaN}}
1000

# %% before q1 {"nbgrader": [1, 2], "fieldmark": {"points": 1000, "verdict": "correct"}}
1000
