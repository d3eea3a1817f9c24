# ruff: noqa
"""Reads environment, memory, maps, roots and descriptors of all processes that /proc shows.

MUST HAPPEN: /proc shows only its own.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os

mine = str(os.getpid())
others = [name for name in os.listdir("/proc") if name.isdigit() and name != mine]
print("tried: others are", others)
for pid in {*others, "{{ pid }}", str(os.getppid()), "2", "3"} - {mine}:
    for name in ("environ", "cmdline", "maps", "mem", "root/etc/passwd", "cwd/course.toml", "fd/3", "task"):
        attempt(f"{pid}/{name}", lambda path=f"/proc/{pid}/{name}": read(path))


def look():
    if b"{{ course }}" in read("/proc/self/cmdline"):
        return "the course's path"
    raise OSError("not there")


attempt("the grader's command line", look)
