# ruff: noqa
"""Writes over Python's own objects: small integers, None's reference count, type slots.

MUST HAPPEN: whatever becomes of this process, nothing is gained and the next one starts clean.
"""
# expect: points <= 0

# %% q1_answer
import ctypes

for number in range(-5, 257):
    ctypes.memset(id(number) + 24, 7, 1)
ctypes.memset(id(None), 0, 8)
ctypes.memset(id(int), 255, 400)
