# ruff: noqa
"""Leaves a module and a start-up file with Python itself, for the next one who starts it.

MUST HAPPEN: Python's folders are read-only.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import sys
import sysconfig

import numpy

folders = {sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), os.path.dirname(numpy.__file__), sys.prefix}
folders |= {sys.base_prefix, os.path.dirname(sys.executable), "{{ source }}", "{{ source }}/autograder"}
for folder in sorted(folders):
    attempt(folder, lambda folder=folder: append(f"{folder}/fieldmark-hostile.pth"))
attempt("open for writing", lambda: open(numpy.__file__, "r+b"))
attempt("pyc", lambda: os.replace("/tmp", os.path.dirname(numpy.__file__) + "/__pycache__"))
