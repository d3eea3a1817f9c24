# ruff: noqa
"""exit(), quit(), sys.exit() and exceptions that no `except Exception` catches.

MUST HAPPEN: they end a cell and nothing else; the remaining cells are run.
"""
# expect: keeps q1 q3

# %% q1_answer
# {{ right q1 }}

# %% before q2
import sys

sys.exit(0)

# %% before q2
exit()

# %% before q2
quit()

# %% before q2
raise SystemExit

# %% before q2
raise KeyboardInterrupt

# %% before q2
raise GeneratorExit


# %% before q2
class Mine(BaseException):
    def __str__(self):
        raise self


raise Mine

# %% q3_answer
# {{ right q3 }}
