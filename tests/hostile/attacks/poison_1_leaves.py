# ruff: noqa
"""Changes all that a next submission might inherit: files, modules, environment, limits, the warm process.

MUST HAPPEN: it changes its own process only. (poison_2_looks looks for it.)
"""
# expect: points <= 0

# %% q1_answer
import builtins
import os
import sys
import types

import numpy as np
import torch

os.environ["FIELDMARK_HOSTILE"] = "1"
os.environ["PYTHONPATH"] = "/tmp"
sys.modules["fieldmark_hostile"] = types.ModuleType("fieldmark_hostile")
builtins.fieldmark_hostile = 1
np.fieldmark_hostile = torch.fieldmark_hostile = 1
for folder in ("/tmp", "/dev/shm", os.getcwd(), os.path.expanduser("~")):
    for name in (
        "numpy.py",
        "torch.py",
        "sitecustomize.py",
        ".ipython/profile_default/startup/00-fieldmark-hostile.py",
    ):
        try:
            os.makedirs(os.path.dirname(f"{folder}/{name}"), exist_ok=True)
            with open(f"{folder}/{name}", "w") as file:
                file.write("raise SystemExit('fieldmark-hostile')")
        except OSError:
            pass
import IPython

IPython.core.interactiveshell.InteractiveShell.fieldmark_hostile = 1
torch.set_num_threads(2)
torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
np.random.seed(7)
os.umask(0o777)
