# ruff: noqa
"""Hoards memory in files that have no name.

MUST HAPPEN: they cannot be made, or they count.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os


def hoard():
    descriptors = []
    for number in range(64):
        descriptors.append(os.memfd_create(f"fieldmark-hostile-{number}"))
        for _ in range(8):
            os.write(descriptors[-1], b"x" * 2**20)
    return len(descriptors)


attempt("memfd_create", hoard)
attempt("memfd_secret", lambda: syscall("memfd_secret", 0))
