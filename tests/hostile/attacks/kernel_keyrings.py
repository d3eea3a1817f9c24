# ruff: noqa
"""Keeps something for the next submission in the kernel's keyrings, and reads those of the grader.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
for ring in (-1, -2, -3, -4, -5):
    attempt(f"add {ring}", lambda ring=ring: syscall("add_key", b"user", b"fieldmark-hostile", b"x", 1, ring))
    attempt(f"read {ring}", lambda ring=ring: syscall("keyctl", 11, ring, 0, 0))
attempt("join", lambda: syscall("keyctl", 1, 0))
