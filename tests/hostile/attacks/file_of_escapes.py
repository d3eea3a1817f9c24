# ruff: noqa
"""A broken notebook file of millions of escaped quotation marks: each might begin a text that never ends.

MUST HAPPEN: it is refused with one line, as quickly as any file of its size.
"""
# expect: points <= 0
# expect: problem contains "not a notebook"
# submit: b'{"cells": [' + b'\\"' * 5_000_000

# %% q1_answer
pass
