# ruff: noqa
"""System calls by their other doors: 32-bit calls, x32 numbers; lifting the filter; stealing descriptors.

MUST HAPPEN: refused, or the process is killed; nothing is gained.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import ctypes
import mmap
import os

attempt("lift the filter", lambda: syscall("prctl", 22, 0, 0, 0, 0))
attempt("dumpable core", lambda: syscall("pidfd_getfd", syscall("pidfd_open", 1, 0), 0, 0))
libc = ctypes.CDLL(None, use_errno=True)
for name, number in (("mount", 165), ("unshare", 272), ("ptrace", 101)):
    pid = os.fork()
    if pid == 0:
        result = libc.syscall(ctypes.c_long(0x40000000 | number), ctypes.c_long(0x20000), 0, 0, 0, 0)
        os._exit(0 if result >= 0 else 1)
    status = os.waitpid(pid, 0)[1]
    print("ESCAPED" if status == 0 else "tried", "x32", name, status)
# mov eax, 20 (getpid in the table of 32-bit calls); int 0x80; ret
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
pid = os.fork()
if pid == 0:
    os._exit(0 if function() > 0 else 1)
status = os.waitpid(pid, 0)[1]
print("ESCAPED" if status == 0 else "tried", "int 0x80", status)
