"""Whether a cell is Python as it stands, or may hold what only IPython understands. Pure."""

from __future__ import annotations

import re

# A cell with none of these is Python to IPython too. Asking its transformer takes ten times as long as parsing.
_PERHAPS_IPYTHON = re.compile(
    r"\A\s|\?|=[\s\\]*[%!]"  # indented as a whole; help; x = !ls
    r"|^[^\S\n]*(?:[%!,;/]|>>>|\.\.\.|In \[)"  # a line of IPython, or one that was copied with its prompt
    r"|^[ \t]+$"  # a line of blanks: IPython empties it, inside a text too
    r"|[\r\v\f\x1c-\x1e\x85\u2028\u2029]",  # what ends a line for IPython and not for Python
    re.MULTILINE,
)


def perhaps_ipython(source: str) -> bool:
    """Whether IPython might change the text before Python sees it. False is certain, but for cells of one line."""
    return _PERHAPS_IPYTHON.search(source) is not None
