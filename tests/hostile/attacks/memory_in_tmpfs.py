# ruff: noqa
"""Hoards memory as files in /tmp, where no process owns it.

MUST HAPPEN: the disk is bounded, so this is, too; the next cells are run.
"""
# expect: keeps q1 q3
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

written = 0
for number in range(1000):
    try:
        with open(f"/tmp/fieldmark-hostile-{number}", "wb") as file:
            written += file.write(b"x" * 2**20)
    except OSError as error:
        print("tried", written >> 20, "MB", error)
        break
if written > 200 * 2**20:
    print("ESCAPED", written)
os.system("rm -f /tmp/fieldmark-hostile-*")

# %% q3_answer
# {{ right q3 }}
