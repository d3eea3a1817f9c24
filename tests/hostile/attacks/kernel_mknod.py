# ruff: noqa
"""Makes devices: the host's disk, memory, terminals.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import stat

for kind, major, minor in ((stat.S_IFBLK, 254, 0), (stat.S_IFBLK, 8, 0), (stat.S_IFCHR, 1, 1), (stat.S_IFCHR, 5, 0)):
    attempt(
        f"mknod {major}:{minor}",
        lambda kind=kind, major=major, minor=minor: os.mknod(
            f"/tmp/device-{major}-{minor}", kind | 0o666, os.makedev(major, minor)
        ),
    )
