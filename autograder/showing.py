"""A variant as Markdown, for an instructor to read: everything that the template makes of one draw."""

from __future__ import annotations

from assignments.notebook import key_markdown, prompt_markdown
from assignments.paper import Question
from question_bank.code import Code
from question_bank.template import Variant


def variant_markdown(variant: Variant) -> str:
    """Title, parameters, stem, what the figure shows, prompts, keys, mistakes and worked solution."""
    template = variant.template
    question = Question("q1", variant, template.points)
    parameters = ", ".join(f"{name} = {value}" for name, value in variant.parameters.items())
    lines = [f"# {template.path}, version {template.version}", "", template.title, "", f"*{parameters}*", ""]
    lines += ["### Stem", "", variant.stem, ""]
    if figure := variant.figure():
        lines += [f"*Figure: {figure.alt}*", ""]
    for number, (variable, part) in enumerate(question.parts.items(), start=1):
        if isinstance(part, Code):
            lines += ["", f"```python\n{part.starter(variant)}\n```", ""]
            lines += [f"- {'visible' if case.visible else 'hidden'} case: {case.label}" for case in part.cases]
            lines += [f"- mutant: {misconception.name}" for misconception, _ in part.mistakes_in(variant)]
        else:
            lines.append(prompt_markdown(question, number, variable, part))
    return "\n".join([*lines, "", key_markdown(question)])
