# ruff: noqa
"""Cells that are hard to read: deep brackets, long lines, null bytes, form feeds, byte-order marks, endless strings.

MUST HAPPEN: the cell raises; the next ones are run.
"""
# expect: keeps q1 q3

# %% q1_answer
# {{ right q1 }}

# %% before q2
#! ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((

# %% before q2
exec("(" * 200_000)

# %% before q2
eval("-" * 500_000 + "1")

# %% before q2
compile("f" + "(" * 90 + ")" * 90 + "\x00", "x", "exec")

# %% before q2
#! """ never ends

# %% before q2
import ast

ast.parse("+".join(["1"] * 100_000))

# %% q3_answer
# {{ right q3 }}
