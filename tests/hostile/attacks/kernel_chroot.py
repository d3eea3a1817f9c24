# ruff: noqa
"""Leaves by chroot and fchdir, as in the old days.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os

os.makedirs("jail", exist_ok=True)
attempt("chroot", lambda: os.chroot("jail"))
for _ in range(50):
    os.chdir("..")
attempt("up", lambda: read("." + "{{ course }}/course.toml"))
