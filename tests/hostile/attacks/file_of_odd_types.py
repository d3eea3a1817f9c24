# ruff: noqa
"""A notebook whose parts are of all the wrong types.

MUST HAPPEN: it earns nothing, and the run goes on.
"""
# expect: points <= 0
# submit: b'{"cells": [null, 7, [], {}, {"cell_type": ["code"], "source": {"a": 1}, "metadata": 3}, {"cell_type": "code", "source": [1, null, "1/0\\n"], "metadata": {"nbgrader": {"grade_id": {"x": []}}}, "outputs": "x", "id": -1}], "metadata": {"fieldmark": [1]}, "nbformat": "\\ud800"}'

# %% q1_answer
pass
