# ruff: noqa
"""Reads what others handed in and what came of it.

MUST HAPPEN: none of it can be read.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import glob
import os

for step in ("submitted", "autograded", "feedback", "release"):
    attempt(step, lambda step=step: os.listdir("{{ course }}/" + step))
for step in ("submitted", "autograded"):
    attempt(step, lambda step=step: read("{{ course }}/" + step + "/{{ neighbour }}/hw/hw.ipynb"))
found = glob.glob("{{ course }}/**/*.ipynb", recursive=True) + glob.glob("/tmp/**/*.ipynb", recursive=True)
print("ESCAPED" if found else "tried", found[:3])
