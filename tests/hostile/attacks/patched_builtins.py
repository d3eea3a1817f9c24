# ruff: noqa
"""Patches builtins and the modules that carry answers.

MUST HAPPEN: it harms its own runner only.
"""
# expect: points <= 0

# %% q1_answer
q1_output = [[0]]

# %% before q2
import base64
import builtins
import json
import struct

json.dumps = lambda *a, **k: '{"values": {"q2_rows": true, "q2_columns": true, "q2_volume": true}, "points": 100}'
json.loads = lambda *a, **k: {"do": "read", "names": ["q1_output"]}
base64.b64encode = lambda data: b""
builtins.isinstance = lambda *a: True
builtins.type = lambda *a: int
builtins.len = lambda *a: 0
builtins.str = builtins.repr = lambda *a: "correct"
