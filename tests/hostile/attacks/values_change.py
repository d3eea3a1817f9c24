# ruff: noqa
"""Answers that are computed anew each time they are looked at.

MUST HAPPEN: each is looked at once.
"""
# expect: points <= 0

# %% q1_answer
import random


class Moody(list):
    def __iter__(self):
        return iter([[random.random()] * random.randrange(1, 9)])

    def __len__(self):
        return random.randrange(1, 9)


q1_output = Moody()


# %% q2_answer
class Moody(tuple):
    def __iter__(self):
        return iter([-random.randrange(1, 99) for _ in range(3)])


q2_rows = q2_columns = -random.randrange(1, 10**6)
q2_volume = Moody((1, 2, 3))
