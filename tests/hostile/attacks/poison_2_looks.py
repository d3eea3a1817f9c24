# ruff: noqa
"""Looks for what poison_1_leaves left. It is the next one, or the one after.

MUST HAPPEN: it finds a clean process.
"""
# expect: keeps q1 q3
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import builtins
import os
import sys

import numpy as np
import torch

found = [name for name in ("FIELDMARK_HOSTILE", "PYTHONPATH") if name in os.environ]
found += ["module"] * ("fieldmark_hostile" in sys.modules) + ["builtins"] * hasattr(builtins, "fieldmark_hostile")
found += ["numpy"] * hasattr(np, "fieldmark_hostile") + ["torch"] * hasattr(torch, "fieldmark_hostile")
found += ["shell"] * hasattr(type(get_ipython()), "fieldmark_hostile")
for folder in (os.getcwd(), "/dev/shm", os.path.expanduser("~")):
    found += [f"{folder}/{name}" for name in os.listdir(folder) if name != ".ipython"]
found += ["dtype"] * (torch.get_default_dtype() != torch.float32)
mask = os.umask(0o22)
found += ["umask"] * (mask == 0o777)
print("ESCAPED" if found else "tried", found)

# %% q3_answer
# {{ right q3 }}
