# ruff: noqa
"""System calls by way of io_uring, which no filter sees.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import ctypes

attempt("io_uring", lambda: syscall("io_uring_setup", 8, ctypes.create_string_buffer(120)))
