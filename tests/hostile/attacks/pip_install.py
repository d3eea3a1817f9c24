# ruff: noqa
"""Installs packages, by magic, by shell and by module.

MUST HAPPEN: it fails quickly and costs nothing else.
"""
# expect: keeps q1 q3

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
#! %pip install fieldmark-hostile

# %% before q2
#! !pip install fieldmark-hostile

# %% before q2
#! %conda install fieldmark-hostile

# %% before q2
import subprocess
import sys

done = subprocess.run([sys.executable, "-m", "ensurepip", "--user"], capture_output=True)
print("tried", done.returncode)

# %% q3_answer
# {{ right q3 }}
