# ruff: noqa
"""Writes to the gradebook, to marks, to manifests, to others' submissions and to the course's folder.

MUST HAPPEN: the course does not change.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import shutil
import sqlite3

COURSE = "{{ course }}"
for name in (
    "gradebook.db",
    "roster.csv",
    "course.toml",
    "blueprints/hw.toml",
    "manifests/hw/write_course.json",
    "submitted/{{ neighbour }}/hw/hw.ipynb",
    "submitted/write_course/hw/fieldmark-hostile.txt",
    ".fieldmark/secret",
    ".fieldmark/marks/hw/write_course.json",
    "fieldmark-hostile.txt",
):
    attempt(name, lambda name=name: append(f"{COURSE}/{name}"))


def update():
    try:
        return sqlite3.connect(f"{COURSE}/gradebook.db").execute("update grade set auto_score = 99")
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


attempt("gradebook", update)
attempt("remove", lambda: os.unlink(f"{COURSE}/submitted/{{ neighbour }}/hw/hw.ipynb"))
attempt("rename", lambda: os.rename(f"{COURSE}/submitted/{{ neighbour }}", f"{COURSE}/submitted/gone"))
attempt("chmod", lambda: os.chmod(f"{COURSE}/.fieldmark/secret", 0o777))
