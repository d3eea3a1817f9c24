# ruff: noqa
"""Connects to the machine's own sockets: by path, and by abstract names, which no file system hides.

MUST HAPPEN: none of them is there.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import socket

for name in (
    "/var/run/docker.sock",
    "/run/dbus/system_bus_socket",
    "/tmp/.X11-unix/X0",
    "\0{{ abstract }}",
    "/dev/log",
):

    def connect(name=name):
        with socket.socket(socket.AF_UNIX) as opened:
            opened.connect(name)
            return opened.getpeername()

    attempt(repr(name), connect)
