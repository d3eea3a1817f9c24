# ruff: noqa
"""Sends datagrams and asks for names: the classic ways to carry something out.

MUST HAPPEN: there is no network.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import socket

attempt("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)))
attempt("udp here", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {{port}})))
attempt("name", lambda: socket.getaddrinfo("secret-in-a-name.example.org", 80))
attempt("broadcast", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("255.255.255.255", 9)))
