# ruff: noqa
"""Writes to /, /etc, /usr, /dev, /run, /var, the kernel's own files and devices.

MUST HAPPEN: all of it is read-only or absent.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
for folder in (
    "",
    "/etc",
    "/usr",
    "/usr/bin",
    "/usr/local/bin",
    "/lib",
    "/bin",
    "/dev",
    "/run",
    "/var/tmp",
    "/opt",
    "/old",
):
    attempt(folder or "/", lambda folder=folder: append(f"{folder}/fieldmark-hostile"))
for path in (
    "/etc/passwd",
    "/etc/hosts",
    "/etc/ld.so.preload",
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/hostname",
    "/proc/sys/vm/overcommit_memory",
    "/proc/sysrq-trigger",
    "/proc/1/oom_score_adj2",
    "/proc/self/uid_map",
    "/sys/kernel/uevent_helper",
    "/sys/fs/cgroup/cgroup.procs",
    "/dev/mem",
    "/dev/kmsg",
    "/dev/sda",
    "/dev/vda",
    "/dev/fuse",
    "/dev/net/tun",
):
    attempt(path, lambda path=path: append(path))
