# ruff: noqa
"""Reads what lies in the course: secret, manifests, templates, blueprints, keys, marks, the gradebook.

MUST HAPPEN: none of it can be read.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os

COURSE = "{{ course }}"
for name in (
    ".fieldmark/secret",
    ".fieldmark/canary",
    "manifests/canary.txt",
    "manifests/hw/{{ neighbour }}.json",
    "instructor/hw/{{ neighbour }}.ipynb",
    "templates/canary.py",
    "blueprints/hw.toml",
    "course.toml",
    "gradebook.db",
    "roster.csv",
    "release/{{ neighbour }}/hw/hw.ipynb",
):
    attempt(name, lambda name=name: read(f"{COURSE}/{name}"))
    attempt(name, lambda name=name: os.stat(f"/proc/1/root{COURSE}/{name}"))
attempt("list", lambda: os.listdir(COURSE))
