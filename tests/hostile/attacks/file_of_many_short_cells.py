# ruff: noqa
"""A notebook of two thousand cells, just below the limit, each of which prints a little and sleeps a little.

MUST HAPPEN: the limit for the submission ends it.
"""
# expect: points <= 0
# submit: json.dumps({**blank, "cells": [{"cell_type": "code", "source": "import time; time.sleep(0.02); print('x' * 1000)", "metadata": {}}] * 1990}).encode()

# %% q1_answer
pass
