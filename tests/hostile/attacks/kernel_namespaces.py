# ruff: noqa
"""Namespaces of its own, in which it would be root again.

MUST HAPPEN: refused, by every call that makes them.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import ctypes
import os
import subprocess

FLAGS = {"user": 0x10000000, "mount": 0x20000, "pid": 0x20000000, "net": 0x40000000, "ipc": 0x8000000}
FLAGS |= {"uts": 0x4000000, "cgroup": 0x2000000, "time": 0x80}
for name, flag in FLAGS.items():
    attempt(f"unshare {name}", lambda flag=flag: syscall("unshare", flag))
    if name != "time":

        def clone(flag=flag):
            pid = syscall("clone", flag | 17, 0, 0, 0, 0)
            if pid == 0:
                os._exit(0)
            return pid

        attempt(f"clone {name}", clone)
arguments = (ctypes.c_uint64 * 11)(0x10000000, 0, 0, 0, 17)


def clone3():
    pid = syscall("clone3", arguments, 88)
    if pid == 0:
        os._exit(0)
    return pid


attempt("clone3", clone3)
for kind in ("user", "mnt", "pid", "net"):
    for pid in ("1", "self"):
        attempt(
            f"setns {pid} {kind}",
            lambda kind=kind, pid=pid: syscall("setns", os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY), 0),
        )
done = subprocess.run(["unshare", "-Urm", "true"], capture_output=True)
print("ESCAPED" if done.returncode == 0 else "tried", done.stderr)
