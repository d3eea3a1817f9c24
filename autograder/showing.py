"""A variant for an instructor to read, as Markdown or as a page: everything that the template makes of one draw."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from assignments.notebook import key_markdown, prompt_markdown
from assignments.paper import Question
from autograder.feedback import page, resource, style
from autograder.markdown import to_html
from question_bank.code import Code
from question_bank.template import Template, Variant


def variant_markdown(variant: Variant) -> str:
    """Title, parameters, stem, prompts, keys, mistakes and worked solution; of a figure, its text."""
    template, figure = variant.template, variant.figure()
    lines = [f"# {template.path}, version {template.version}", "", template.title, "", f"*{parameters(variant)}*", ""]
    lines += ["### Stem", "", variant.stem, "", *([f"*Figure: {figure.alt}*", ""] if figure else [])]
    return "\n".join([*lines, prompts_and_keys(variant)])


def parameters(variant: Variant) -> str:
    """The drawn values in one line."""
    return ", ".join(f"{name} = {value}" for name, value in variant.parameters.items())


def prompts_and_keys(variant: Variant) -> str:
    """All but the stem: prompts, keys, mistakes and worked solution."""
    question = Question("q1", variant, variant.template.points)
    lines: list[str] = []
    for number, (variable, part) in enumerate((question.parts | question.texts).items(), start=1):
        if isinstance(part, Code):
            lines += _code_lines(variant, part)
        else:
            lines.append(prompt_markdown(question, number, variable, part))
    return "\n".join([*lines, "", key_markdown(question)])


def _code_lines(variant: Variant, part: Code) -> Iterator[str]:
    yield from ["", f"```python\n{part.starter(variant)}\n```", ""]
    yield from (f"- {'visible' if case.visible else 'hidden'} case: {case.label}" for case in part.cases)
    yield from (f"- mutant: {misconception.name}" for misconception, _ in part.mistakes_in(variant))


def variants_page(template: Template, seed: str, count: int) -> str:
    """A page of HTML with so many variants, one shown at a time, and a button for the next."""
    script = resource("variants.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return page("variants.html").render(
        template=template,
        variants=[_on_page(template.draw(name), name) for name in _seeds(seed, count)],
        script=Markup(script),  # noqa: S704 - a file of ours
        script_digest=digest,
        style=style(),
    )


def _seeds(seed: str, count: int) -> list[str]:
    """The seed and those that come after it: 7, 8, 9; or hw, hw-2, hw-3."""
    if seed.isdecimal():
        return [str(int(seed) + number) for number in range(count)]
    return [seed, *(f"{seed}-{number}" for number in range(2, count + 1))]


def _on_page(variant: Variant, seed: str) -> dict[str, Any]:
    figure = variant.figure()
    pieces = [to_html(variant.stem), figure.img if figure else "", to_html(prompts_and_keys(variant))]
    # All ours: Markdown, in which raw HTML is shown as text, and a picture.
    return {"seed": seed, "parameters": parameters(variant), "body": Markup("".join(pieces))}  # noqa: S704
