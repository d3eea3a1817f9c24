# ruff: noqa
"""Arrays with many axes, of one element each, with strides of zero, not aligned, of the other byte order.

MUST HAPPEN: each is read as what it holds.
"""
# expect: points <= 0

# %% q1_answer
import numpy as np

q1_output = np.lib.stride_tricks.as_strided(np.zeros(1), (2**10, 2**10, 8), (0, 0, 0))

# %% q2_answer
q2_rows = np.full((1,) * 32, -7)
q2_columns = np.frombuffer(b"\0" * 9, dtype=">i8", offset=1, count=1)
q2_volume = np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
