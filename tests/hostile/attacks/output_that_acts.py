# ruff: noqa
"""Markup, scripts, terminal escapes, text that runs backwards and characters that no file can hold, in answers and outputs.

MUST HAPPEN: in feedback and reports they are text; files stay readable.
"""
# expect: points <= 0

# %% q1_answer
q1_output = "<script>hostile()</script><img src=x onerror=hostile()>\x1b[2J\x1b]0;hostile\x07\u202etxet\u2066\ud800\x00"

# %% q2_answer
q2_rows = "</td></table></body><script>hostile()</script>"
q2_columns = "[x](javascript:hostile()) ![y](http://192.0.2.1/hostile) $\\href{javascript:hostile()}{z}$"
q2_volume = ["<script>hostile()</script>", "\x1b[31m", "\u202e"]
raise ValueError("<script>hostile()</script>\x1b[2J\u202e\x00")


# %% q3_answer
def conv2d(x, w, b):
    raise type("<script>hostile()</script>", (Exception,), {})("<script>hostile()</script>\x1b[2J\u202e\ud800")


# %% before q2
print("<script>hostile()</script>\x1b[2J\u202e\ud800\x00")
from IPython.display import HTML, Javascript, display

display(HTML("<script>hostile()</script>"), Javascript("hostile()"))
