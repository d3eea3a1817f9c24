# ruff: noqa
"""Forks a helper while its cell is run, and has it convolve when the function is called.

MUST HAPPEN: what is banned is banned in every process.
"""
# expect: points <= 0

# %% q3_answer
import os
import pickle
import struct

import torch

STRIDE = {{stride}}
down, up = os.pipe(), os.pipe()


def say(descriptor, value):
    data = pickle.dumps(value)
    os.write(descriptor, struct.pack("!I", len(data)) + data)


def hear(descriptor):
    (size,) = struct.unpack("!I", os.read(descriptor, 4))
    data = b""
    while len(data) < size:
        data += os.read(descriptor, size - len(data))
    return pickle.loads(data)


def help():
    while True:
        x, w, b = hear(down[0])
        say(up[1], vars(torch)["conv" + "2d"](x, w, b, *STRIDE))


if os.fork() == 0:
    try:
        help()
    finally:
        os._exit(0)


def conv2d(x, w, b):
    say(down[1], (x, w, b))
    return hear(up[0])
