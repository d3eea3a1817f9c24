# ruff: noqa
"""Traces and profiles the runner, and hooks audits, imports and signals, to change what it returns.

MUST HAPPEN: it can do what it likes there; the answers are not there.
"""
# expect: points <= 0

# %% q1_answer
import sys
import threading


def trace(frame, event, argument):
    frame.f_trace_opcodes = True
    if frame.f_code.co_name in ("_read", "_call", "_guarded", "encode", "call"):
        for name in list(frame.f_locals):
            if name in ("values", "value", "result"):
                frame.f_locals[name] = True
    return trace


sys.setprofile(trace)
sys.settrace(trace)
threading.settrace(trace)
frame_ = sys._getframe()
while frame_:
    frame_.f_trace = trace
    frame_ = frame_.f_back
sys.addaudithook(lambda event, arguments: None)
q1_output = [[0]]
