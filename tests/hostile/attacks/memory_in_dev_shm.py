# ruff: noqa
"""Hoards memory in /dev/shm and in shared mappings.

MUST HAPPEN: it is bounded.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
written = 0
try:
    for number in range(1000):
        with open(f"/dev/shm/fieldmark-hostile-{number}", "wb") as file:
            written += file.write(b"x" * 2**20)
except OSError as error:
    print("tried", written >> 20, "MB", error)
if written > 200 * 2**20:
    print("ESCAPED", written)

# %% before q3
from multiprocessing import shared_memory

blocks = []
try:
    for _ in range(100):
        blocks.append(shared_memory.SharedMemory(create=True, size=2**24))
        blocks[-1].buf[:] = b"x" * 2**24
    print("ESCAPED shared memory")
except (OSError, MemoryError) as error:
    print("tried", len(blocks), error)
