# ruff: noqa
"""Connects to the world, to the machine's own services and to cloud metadata; listens for others.

MUST HAPPEN: there is no network, and the failure is quick.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import socket
import urllib.request

for address in (("192.0.2.1", 80), ("127.0.0.1", {{port}}), ("169.254.169.254", 80), ("1.1.1.1", 443)):
    attempt(address[0], lambda address=address: socket.create_connection(address, timeout=0.15))
attempt("http", lambda: urllib.request.urlopen("http://127.0.0.1:{{ port }}/", timeout=0.15))
attempt("ipv6", lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM).connect(("::1", {{port}})))
attempt("vsock", lambda: socket.socket(40, socket.SOCK_STREAM).connect((2, 1024)))
