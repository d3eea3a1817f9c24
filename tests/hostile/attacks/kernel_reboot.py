# ruff: noqa
"""Restarts the machine, loads modules, changes its name and its clock, switches swap and accounting on.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import socket
import time

attempt("reboot", lambda: syscall("reboot", 0xFEE1DEAD, 672274793, 0, 0))
attempt("kexec", lambda: syscall("kexec_file_load", -1, -1, 0, 0, 0))
attempt("init_module", lambda: syscall("init_module", b"", 0, b""))
attempt("finit_module", lambda: syscall("finit_module", 0, b"", 0))
attempt("hostname", lambda: socket.sethostname("hostile"))
attempt("clock", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
attempt("swapon", lambda: syscall("swapon", b"/tmp/x", 0))
attempt("acct", lambda: syscall("acct", b"/tmp/x"))
attempt("syslog", lambda: syscall("syslog", 3, bytes(100), 100))
attempt("iopl", lambda: syscall("iopl", 3))
attempt("vhangup", lambda: syscall("vhangup"))
attempt("nice", lambda: os.nice(-20))
