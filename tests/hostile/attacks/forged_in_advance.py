# ruff: noqa
"""Guesses the descriptor of the result and writes answers before they are asked for.

MUST HAPPEN: an answer without a question ends the run; nothing of it counts.
"""
# expect: points <= 0

# %% q1_answer
q1_output = [[0]]

# %% q2_answer
values = {name: {"int": "-7"} for name in ("q2_rows", "q2_columns", "q2_volume")}
answer = {"values": values, "points": 100, "verdict": "correct", "ready": True, "outputs": [], "raised": None}
forge(frame(answer), frame(answer), frame({"value": {"array": ["float64", [0], ""]}}))
