"""jinja2 → Markdown. A name that the variant does not have is an error, never an empty string."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from question_bank import errors
from question_bank.answers import matrix_latex, number_text

if TYPE_CHECKING:
    from jinja2 import Environment, Template  # takes as long to import as all the rest: only where a text is rendered


def _latex(value: Any) -> str:
    """A matrix, a number or a SymPy expression in LaTeX (without the dollar signs)."""
    if isinstance(value, tuple):
        return matrix_latex(value)
    if isinstance(value, int | float) or type(value).__name__ == "Fraction":
        return number_text(value)
    import sympy

    return str(sympy.latex(value))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - it makes Markdown, not HTML
    environment.filters["latex"] = _latex
    return environment


@lru_cache(maxsize=1024)
def _compile(indented: str) -> tuple[Template, frozenset[str]]:
    from jinja2 import meta

    text, environment = inspect.cleandoc(indented), _environment()
    names = meta.find_undeclared_variables(environment.parse(text))
    return environment.from_string(text), frozenset(names - set(environment.globals))


def render(text: str, names: Mapping[str, Any], where: str) -> str:
    """Fill `{{ … }}` in an indented text from `names`; only what the text uses is looked up.

    Raises TemplateError, naming `where`, for a name that is not there or a text that is not jinja2.
    """
    from jinja2 import TemplateError

    try:
        template, used = _compile(text)
        return template.render({name: names[name] for name in used if name in names})
    except TemplateError as error:
        raise errors.TemplateError(f"{where}: {error}") from error
