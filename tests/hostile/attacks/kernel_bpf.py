# ruff: noqa
"""Loads programs into the kernel.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
attempt("bpf map", lambda: syscall("bpf", 0, (2).to_bytes(4, "little") + b"\4\0\0\0\4\0\0\0\1\0\0\0" + bytes(112), 128))
attempt(
    "perf", lambda: syscall("perf_event_open", (1).to_bytes(4, "little") + b"\x70\0\0\0" + bytes(104), 0, -1, -1, 0)
)
attempt("userfaultfd", lambda: syscall("userfaultfd", 0))
