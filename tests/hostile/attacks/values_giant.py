# ruff: noqa
"""Numbers of millions of digits, texts of megabytes, expressions that are short and enormous, lists without end.

MUST HAPPEN: each gets an answer quickly; the grader's memory and time are bounded.
"""
# expect: points <= 0

# %% q1_answer
q1_output = [[0.0] * 1000] * 1000

# %% q2_answer
q2_rows = 1 << 10_000_000
q2_columns = "9**9**9**9**9 + " * 6000 + "factorial(factorial(99))"
q2_volume = "(" * 100_000

# %% before q2
loop = []
loop.append(loop)
q2_volume = loop
