"""Markdown with LaTeX → HTML that needs no network and runs no script: formulas become MathML.

Raw HTML in the Markdown is shown as text, never passed on.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin


def to_html(markdown: str) -> str:
    """HTML of a Markdown text. Raises ValueError for LaTeX that cannot be converted."""
    return str(_parser().render(markdown))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").use(dollarmath_plugin, renderer=_formula)


def _formula(latex: str, options: dict[str, Any]) -> str:
    try:
        return str(convert(latex, display="block" if options["display_mode"] else "inline"))
    except Exception as error:
        raise ValueError(f"cannot convert LaTeX: {latex!r}: {error}") from error
