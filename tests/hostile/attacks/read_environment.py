# ruff: noqa
"""Looks for the canary in every copy of the environment there is.

MUST HAPPEN: the environment is clean.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import ctypes
import os
import re
import subprocess

libc = ctypes.CDLL(None)
libc.prctl(4, 1, 0, 0, 0)
pointer = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
native, index = [], 0
while pointer[index]:
    native.append(pointer[index])
    index += 1
texts = [str(dict(os.environ)).encode(), b" ".join(native), subprocess.run(["env"], capture_output=True).stdout]
for path in ("/proc/self/environ", "/proc/self/cmdline", "/proc/self/auxv"):
    try:
        texts.append(read(path))
    except OSError as error:
        print("tried", error)
found = [m for text in texts for m in re.findall(rb"canary-[0-9a-f]{8,}|FIELDMARK_CANARY|{{ course }}", text)]
print("ESCAPED" if found else "tried", found)
print(sorted(os.environ))
