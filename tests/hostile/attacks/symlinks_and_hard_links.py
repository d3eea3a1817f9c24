# ruff: noqa
"""Links in its own folder that lead to the course, for itself and for whoever cleans up or follows them.

MUST HAPPEN: they lead nowhere, and nobody follows them.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os

targets = (
    "{{ course }}",
    "{{ course }}/gradebook.db",
    "{{ course }}/submitted/{{ neighbour }}/hw/hw.ipynb",
    "{{ home }}",
)
for number, target in enumerate(targets):
    os.symlink(target, f"fieldmark-hostile-{number}")
    attempt(f"read by {target}", lambda number=number: read(f"fieldmark-hostile-{number}"))
    attempt(f"list by {target}", lambda number=number: os.listdir(f"fieldmark-hostile-{number}"))
    attempt(f"link {target}", lambda target=target, number=number: os.link(target, f"hard-{number}"))
    attempt(f"magic {target}", lambda target=target: read(f"/proc/self/root{target}"))
attempt("overwrite", lambda: append("/proc/1/cwd/../../../../..{{ course }}/gradebook.db"))
os.symlink("/proc/self/fd", "descriptors")
attempt("replace the folder", lambda: os.rename("/tmp", "/tmp2"))
