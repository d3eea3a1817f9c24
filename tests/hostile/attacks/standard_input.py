# ruff: noqa
"""Waits for the keyboard, in every way.

MUST HAPPEN: nobody is there: it fails at once; the remaining cells are run.
"""
# expect: keeps q1 q3

# %% q1_answer
# {{ right q1 }}

# %% before q2
input("password: ")

# %% before q2
import getpass

getpass.getpass()

# %% before q2
import os
import sys

print("tried", repr(sys.stdin.read()) if sys.stdin else None, os.read(0, 10))

# %% q3_answer
# {{ right q3 }}
