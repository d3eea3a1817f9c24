# ruff: noqa
"""Goes through all objects of the process: frames up to the runner, garbage collector, closures, sockets.

MUST HAPPEN: there is no key, no reference and no hidden case to be found before it is asked for.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import gc
import sys

gc.unfreeze()
found, seen = [], 0
for item in gc.get_objects():
    seen += 1
    kind = type(item)
    module = kind.__dict__.get("__module__")
    if isinstance(module, str) and module.split(".")[0] in ("question_bank", "assignments"):
        found.append(kind)
    if kind is dict and ("q1_output" in item and item is not globals() or "hidden_cases" in item):
        found.append([key for key in item][:3])
    if kind is list and any(type(entry) is str and entry.startswith("canary-") for entry in item[:100]):
        found.append(item[:3])
frame, depth = sys._getframe(), 0
while frame:
    for name in list(frame.f_locals):
        if name in ("key", "keys", "reference", "expected", "paper", "secret", "steps", "blueprint", "manifest"):
            found.append((frame.f_code.co_name, name))
    frame, depth = frame.f_back, depth + 1
print("ESCAPED" if found else "tried", seen, depth, found[:5])
