# ruff: noqa
"""A notebook of a million cells.

MUST HAPPEN: it is refused with one line.
"""
# expect: points <= 0
# expect: problem contains "cells"
# submit: b'{"cells": [' + b'{"cell_type": "code"},' * 999_999 + b'{}]}'

# %% q1_answer
pass
