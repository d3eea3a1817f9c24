# ruff: noqa
"""Lifts its limits, changes umask, folder, priority and processors, removes the folder it stands in.

MUST HAPPEN: limits cannot be lifted; the rest concerns itself only.
"""
# expect: keeps q1 q3
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import resource
import shutil


def lift(limit, hard):
    try:
        resource.setrlimit(limit, (hard + 1, hard + 1))
    except ValueError as error:
        raise OSError(str(error)) from error


for name in ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE", "MEMLOCK", "MSGQUEUE", "SIGPENDING"):
    limit = getattr(resource, f"RLIMIT_{name}")
    hard = resource.getrlimit(limit)[1]
    if hard == resource.RLIM_INFINITY:
        print("ESCAPED: no limit", name)
    else:
        attempt(name, lambda limit=limit, hard=hard: lift(limit, hard))
os.umask(0)
here = os.getcwd()
shutil.rmtree(here, ignore_errors=True)
os.chdir("/")
os.environ.clear()
try:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99))
    print("ESCAPED: real time")
except OSError as error:
    print("tried", error)

# %% q3_answer
# {{ right q3 }}
