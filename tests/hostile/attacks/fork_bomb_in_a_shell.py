# ruff: noqa
"""The classic, by way of a shell.

MUST HAPPEN: the number of processes is bounded and all of them are killed.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import subprocess

subprocess.run(["bash", "-c", ":(){ :|:& };: ; sleep 31337"])
