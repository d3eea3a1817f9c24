# ruff: noqa
"""The function keeps the hidden inputs that it is called with; a cell below the grade cell prints them.

MUST HAPPEN: nothing is gained. The inputs are drawn from the submission's own bytes: another submission gets others.
"""
# expect: points <= 0

# %% q3_answer
seen = []


def conv2d(x, w, b):
    seen.append(x)
    raise ValueError("no")


# %% after q3
if len(seen) > 4:
    print("hidden input", seen[4])
