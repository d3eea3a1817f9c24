# ruff: noqa
"""Becomes another user: setuid, groups, capabilities, programs that are set-uid, files made set-uid.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import shutil
import subprocess

if os.getuid() == 0 or os.geteuid() == 0:
    print("ESCAPED: is root", os.getuid(), os.geteuid())
print("tried", os.getresuid(), os.getresgid(), os.getgroups())
attempt("setuid", lambda: os.setuid(0))
attempt("setresuid", lambda: os.setresuid(0, 0, 0))
attempt("setgid", lambda: os.setgid(0))
attempt("setgroups", lambda: os.setgroups([0]))
attempt("another", lambda: os.setresuid(1234, 1234, 1234))
attempt("capset", lambda: syscall("capset", b"\x22\x05\x08\x20" + bytes(4), b"\xff" * 24))
attempt("ambient", lambda: syscall("prctl", 47, 2, 21, 0, 0))
for line in open("/proc/self/status"):
    if line.startswith(("CapEff", "CapPrm", "CapBnd", "CapInh", "CapAmb")) and int(line.split()[1], 16):
        print("tried" if line.startswith("CapBnd") else "ESCAPED", line)
    if line.startswith("NoNewPrivs") and line.split()[1] != "1":
        print("ESCAPED", line)
    if line.startswith("Seccomp:") and line.split()[1] != "2":
        print("ESCAPED", line)
for program in (["su", "-c", "id"], ["sudo", "-n", "id"], ["newgrp"], ["mount", "-t", "tmpfs", "x", "/tmp"]):
    try:
        done = subprocess.run(program, capture_output=True, stdin=subprocess.DEVNULL, timeout=0.5)
        print("ESCAPED" if b"uid=0" in done.stdout else "tried", program, done.stderr[:80])
    except (OSError, subprocess.TimeoutExpired) as error:
        print("tried", error)
shutil.copy("/bin/sh", "/tmp/sh")
os.chmod("/tmp/sh", 0o6755)
attempt("chown", lambda: os.chown("/tmp/sh", 0, 0))
