# ruff: noqa
"""Raw, packet, netlink, Bluetooth, CAN and kernel-crypto sockets; interfaces of its own.

MUST HAPPEN: no such socket can be made.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import socket

attempt("raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))
attempt("packet", lambda: socket.socket(17, socket.SOCK_RAW))
attempt("netlink", lambda: socket.socket(16, socket.SOCK_RAW, 0))
attempt("uevent", lambda: socket.socket(16, socket.SOCK_DGRAM, 15))
attempt("alg", lambda: socket.socket(38, socket.SOCK_SEQPACKET))
attempt("bluetooth", lambda: socket.socket(31, socket.SOCK_RAW, 1))
attempt("can", lambda: socket.socket(29, socket.SOCK_RAW, 1))
attempt("xdp", lambda: socket.socket(44, socket.SOCK_RAW))
attempt("tipc", lambda: socket.socket(30, socket.SOCK_DGRAM))
