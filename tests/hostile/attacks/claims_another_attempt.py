# ruff: noqa
"""The notebook says that it is an attempt that was never dealt.

MUST HAPPEN: it earns nothing, and a person looks at it.
"""
# expect: points <= 0
# expect: problem contains "attempt"
# metadata: {"attempt": 7}

# %% q1_answer
# {{ right q1 }}
