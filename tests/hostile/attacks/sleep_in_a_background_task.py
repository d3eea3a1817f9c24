# ruff: noqa
"""Top-level await and tasks that never end.

MUST HAPPEN: the cell ends with its time; the next cells are run.
"""
# expect: keeps q1 q3
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import asyncio


async def forever():
    while True:
        await asyncio.sleep(0.01)


task = asyncio.ensure_future(forever())
await forever()

# %% q3_answer
# {{ right q3 }}
