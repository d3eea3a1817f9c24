# ruff: noqa
"""Pushes characters into the grader's terminal, steals it, or hangs it up.

MUST HAPPEN: there is no terminal, and the call is refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import fcntl
import os
import termios

for descriptor in (0, 1, 2):
    attempt(f"TIOCSTI {descriptor}", lambda d=descriptor: fcntl.ioctl(d, termios.TIOCSTI, b"x"))
    attempt(f"TIOCSCTTY {descriptor}", lambda d=descriptor: fcntl.ioctl(d, termios.TIOCSCTTY, 1))
    attempt(f"TIOCLINUX {descriptor}", lambda d=descriptor: fcntl.ioctl(d, 0x541C, b"\3"))
    high = 0x5412 | 1 << 32
    libc = __import__("ctypes").CDLL(None, use_errno=True)
    ctypes = __import__("ctypes")
    result = libc.syscall(ctypes.c_long(16), ctypes.c_long(descriptor), ctypes.c_ulong(high), b"x")
    print("ESCAPED" if result >= 0 else "tried", "high bits")
attempt("tty", lambda: os.open("/dev/tty", os.O_RDWR))
attempt("pty", lambda: os.openpty())
attempt("console", lambda: os.open("/dev/console", os.O_RDWR))
