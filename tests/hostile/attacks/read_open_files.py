# ruff: noqa
"""Reads, writes and climbs out of every descriptor that it inherited.

MUST HAPPEN: none leads out, and none is shared with the next submission.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import fcntl
import os
import stat

for name in sorted(os.listdir("/proc/self/fd"), key=int):
    descriptor = int(name)
    try:
        status, target = os.fstat(descriptor), os.readlink(f"/proc/self/fd/{name}")
    except OSError:
        continue
    print("tried", descriptor, target, oct(status.st_mode))
    if stat.S_ISDIR(status.st_mode) and not target.startswith("/proc"):
        for path in ("../../../../../../etc/passwd", "etc/passwd", "."):
            attempt(f"{descriptor} {path}", lambda d=descriptor, path=path: os.open(path, os.O_RDONLY, dir_fd=d))
    if target.startswith(("pid:", "user:", "mnt:", "net:")):
        for request in (0xB701, 0xB702):  # NS_GET_USERNS, NS_GET_PARENT
            attempt(f"namespace {descriptor}", lambda d=descriptor, r=request: os.fstat(fcntl.ioctl(d, r)))
    if stat.S_ISREG(status.st_mode) and not target.startswith("/proc"):
        attempt(f"write {descriptor}", lambda d=descriptor: os.pwrite(d, b"fieldmark-hostile", 0))
