"""Markdown with LaTeX → HTML that needs no network and runs no script: formulas become MathML.

Raw HTML in the Markdown is shown as text, never passed on.
"""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache
from typing import Any
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

_NO_MARKUP = re.compile(r"[\w .,;:()'+=%…×-]*")


@lru_cache(
    maxsize=256
)  # prompts and feedback recur from student to student; stems and solutions, which do not, are large
def to_html(markdown: str) -> str:
    """HTML of a Markdown text. Raises ValueError for LaTeX that cannot be converted."""
    return str(_parser().render(markdown))


def literally(text: str) -> str:
    """`text` as one line of Markdown that shows it as it is: where it could be markup, it becomes a code span."""
    line = " ".join(text.split())
    if _NO_MARKUP.fullmatch(line):
        return line
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    padding = " " if "`" in line else ""
    return f"{fence}{padding}{line}{padding}{fence}"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").use(dollarmath_plugin, renderer=_formula)


@lru_cache(maxsize=1024)
def _mathml(latex: str, display: str) -> str:
    try:
        formula = convert_to_element(latex, display=display)
    except Exception as error:
        raise ValueError(f"cannot convert LaTeX: {latex!r}: {error}") from error
    for node in formula.iter():
        node.text = html.unescape(node.text or "")  # it writes entities; `convert` leaves a < of \text{…} as it is
    return tostring(formula, encoding="unicode")


def _formula(latex: str, options: dict[str, Any]) -> str:
    return _mathml(latex, "block" if options["display_mode"] else "inline")
