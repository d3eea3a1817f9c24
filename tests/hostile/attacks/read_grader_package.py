# ruff: noqa
"""Reads and imports the grader: the bank's templates, the checkers, the references.

MUST HAPPEN: neither its files nor its modules are there.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import importlib
import os
import sys
import sysconfig

for name in ("question_bank", "question_bank.catalog", "assignments", "assignments.course", "autograder.checkers"):
    attempt(f"import {name}", lambda name=name: importlib.import_module(name))
loaded = [m for m in sys.modules if m.split(".")[0] in ("question_bank", "assignments")]
loaded += [m for m in sys.modules if m.startswith(("autograder.checkers", "autograder.marking", "autograder.pipeline"))]
print("ESCAPED" if loaded else "tried", loaded)
for root in (sysconfig.get_path("purelib"), "{{ source }}"):
    for path in ("question_bank/templates/pooling/by_hand.py", "autograder/marking.py", "assignments/paper.py"):
        attempt(path, lambda path=f"{root}/{path}": read(path))
for name, module in list(sys.modules.items()):
    if name.split(".")[0] == "autograder" and getattr(module, "__file__", None):
        attempt(f"source of {name}", lambda path=module.__file__: read(path))
site = sysconfig.get_path("purelib")
for name in os.listdir(site):
    if "fieldmark" in name or "editable" in name:
        print("tried: seen", name)
