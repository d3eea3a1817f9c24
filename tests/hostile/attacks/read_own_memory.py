# ruff: noqa
"""Searches its own memory for a canary and for texts that only the question bank knows.

MUST HAPPEN: what a child inherits holds nothing of the kind.
"""
# expect: points <= 0
# expect: output contains "tried 1"

# %% q1_answer
import ctypes
import re

# Each pattern's first word is looked for alone, and in pieces: all within the second that a cell has, on a slow machine.
WANTED = {b"canary-": rb"[0-9a-f]{12,}", b"swapped rows": rb" and c[o]lumns", b"question_bank": rb"[./]t[e]mplates"}
PIECE = 2**20
found, searched = set(), 0
for line in open("/proc/self/maps").read().splitlines():
    span, rights, *rest = line.split()
    if rights[0] != "r" or line.endswith(("[vvar]", "[vvar_vclock]", "[vsyscall]")) or "/" in line:
        continue
    start, end = (int(n, 16) for n in span.split("-"))
    for at in range(start, min(end, start + 2**26), PIECE):
        text = ctypes.string_at(at, min(end - at, PIECE + 100))
        searched += min(len(text), PIECE)
        for word, rest in WANTED.items():
            if word in text:
                found |= set(re.findall(re.escape(word) + rest, text))
print("ESCAPED" if found else "tried", 1 if searched > 2**24 else 0, searched >> 20, "MB", list(found)[:5])
