# ruff: noqa
"""Exceptions with enormous messages, endless chains, names that are no text, and a __str__ that raises or loops.

MUST HAPPEN: what is kept is bounded; what comes after runs.
"""
# expect: keeps q1 q3

# %% q1_answer
# {{ right q1 }}

# %% before q2
raise ValueError("x" * 5 * 10**7)

# %% before q2
error = ValueError("0")
for number in range(2000):
    later = ValueError(str(number))
    later.__cause__ = error
    error = later
raise error


# %% before q2
class Odd(Exception):
    def __str__(self):
        return 7

    __repr__ = __str__


Odd.__name__ = "<script>hostile" * 1000
Odd.__module__ = "x" * 10**6
raise Odd(b"\x00")


# %% before q2
class Endless(Exception):
    def __str__(self):
        while True:
            pass


raise Endless

# %% before q2
raise ExceptionGroup("many", [ValueError(str(n)) for n in range(20_000)])

# %% q3_answer
# {{ right q3 }}
