# ruff: noqa
"""Traces its parent, process 1 and the grader; reads and writes their memory.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import ctypes
import os

buffer = ctypes.create_string_buffer(64)
vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
for pid in (os.getppid(), 1, {{pid}}):
    attempt(f"attach {pid}", lambda pid=pid: syscall("ptrace", 16, pid, 0, 0))
    attempt(f"seize {pid}", lambda pid=pid: syscall("ptrace", 0x4206, pid, 0, 0))
    attempt(f"read {pid}", lambda pid=pid: syscall("process_vm_readv", pid, vector, 1, vector, 1, 0))
attempt("traceme", lambda: syscall("ptrace", 0, 0, 0, 0))
