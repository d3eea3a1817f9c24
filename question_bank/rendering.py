"""jinja2 → Markdown. A name that the variant does not have is an error, never an empty string."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError, meta

from question_bank import errors
from question_bank.answers import matrix_latex, number_text


def _latex(value: Any) -> str:
    """A matrix, a number or a SymPy expression in LaTeX (without the dollar signs)."""
    if isinstance(value, tuple):
        return matrix_latex(value)
    if isinstance(value, int | float) or type(value).__name__ == "Fraction":
        return number_text(value)
    import sympy

    return str(sympy.latex(value))


_environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - it makes Markdown, not HTML
_environment.filters["latex"] = _latex


@lru_cache(maxsize=1024)
def _compile(indented: str) -> tuple[Template, frozenset[str]]:
    text = inspect.cleandoc(indented)
    names = meta.find_undeclared_variables(_environment.parse(text))
    return _environment.from_string(text), frozenset(names - set(_environment.globals))


def render(text: str, names: Mapping[str, Any], where: str) -> str:
    """Fill `{{ … }}` in an indented text from `names`; only what the text uses is looked up.

    Raises TemplateError, naming `where`, for a name that is not there or a text that is not jinja2.
    """
    try:
        template, used = _compile(text)
        return template.render({name: names[name] for name in used if name in names})
    except TemplateError as error:
        raise errors.TemplateError(f"{where}: {error}") from error
