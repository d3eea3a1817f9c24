# ruff: noqa
"""Searches its own memory for a canary and for texts that only the question bank knows.

MUST HAPPEN: what a child inherits holds nothing of the kind.
"""
# expect: points <= 0
# expect: output contains "tried 1"

# %% q1_answer
import ctypes
import re

WANTED = rb"canary-[0-9a-f]{12,}|swapped rows and c[o]lumns|question_bank[./]t[e]mplates"  # does not match itself
found, searched = set(), 0
for line in open("/proc/self/maps").read().splitlines():
    span, rights, *rest = line.split()
    if rights[0] != "r" or line.endswith(("[vvar]", "[vvar_vclock]", "[vsyscall]")) or "/" in line:
        continue
    start, end = (int(n, 16) for n in span.split("-"))
    text = ctypes.string_at(start, min(end - start, 2**26))
    searched += len(text)
    found |= set(re.findall(WANTED, text))
print("ESCAPED" if found else "tried", 1 if searched > 2**24 else 0, searched >> 20, "MB", list(found)[:5])
