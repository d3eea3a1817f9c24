"""The gallery: a page of Markdown for each folder of the bank, every template with one of its variants. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from autograder.showing import prompts_and_keys
from question_bank.catalog import Catalog
from question_bank.template import Template, Variant

SEED = "gallery"


def gallery(catalog: Catalog) -> dict[str, str]:
    """The gallery's files by name: an index, a page for each folder, the figures that these show."""
    paths = list(catalog.files())
    files = {"README.md": index([catalog.get(path) for path in paths])}
    for folder, group in groupby(paths, key=_folder):
        files |= pages(folder, [catalog.get(path) for path in group])
    return files


def index(templates: list[Template]) -> str:
    """All templates in a table for each folder, each with a link to its place."""
    lines = ["# The question bank", "", f"{len(templates)} templates. Made by `fieldmark bank gallery`."]
    for folder, group in groupby(templates, key=lambda template: _folder(template.path)):
        lines += ["", f"## [{_title(folder)}]({folder}.md)", ""]
        lines += ["| template | | parts | difficulty | minutes |", "|---" * 5 + "|"]
        lines += [
            f"| [`{t.path}`]({folder}.md#{_anchor(t)}) | {t.title} | {len(t.parts)} | {t.difficulty} | {t.minutes} |"
            for t in group
        ]
    return "\n".join(lines) + "\n"


def pages(folder: str, templates: list[Template]) -> dict[str, str]:
    """A folder's page, and the figures on it."""
    files, sections = {}, [f"# {_title(folder)}\n\n[All folders](README.md)"]
    for template in templates:
        variant = template.draw(SEED)
        figure = variant.figure()
        name = f"figures/{template.path.replace('/', '-')}.svg"
        if figure:
            files[name] = figure.svg + "\n"
        sections.append("\n".join(_section(template, variant, _image(figure.alt, name) if figure else "")))
    return {f"{folder}.md": "\n\n".join(sections) + "\n", **files}


def _image(alt: str, file: str) -> str:
    """An image in Markdown; the text for those who cannot see it may hold brackets, as matrices do."""
    escaped = re.sub(r"([][<])", r"\\\1", alt)
    return f"![{escaped}]({file})"


def _section(template: Template, variant: Variant, picture: str) -> Iterator[str]:
    yield f"## {template.path}"
    yield f"\n**{template.title}**\n"
    yield (
        f"Topics {', '.join(template.topics)} · difficulty {template.difficulty} of 5 · about {template.minutes} "
        f"minute{'s' * (template.minutes != 1)} · {template.space()} variants · version {template.version}\n"
    )
    yield f"### Stem\n\n{variant.stem}\n"
    if picture:
        yield f"{picture}\n"
    yield prompts_and_keys(variant)
    yield from _misconceptions(template)


def _misconceptions(template: Template) -> Iterator[str]:
    """Every misconception that the template knows, with its feedback, whether or not it can arise in this variant."""
    found = {m.misconception.name: m.misconception.feedback for p in template.parts.values() for m in p.mistakes}
    if found:
        yield "\n### What feedback says"
        yield from (f"\n- **{name}**: {feedback}" for name, feedback in found.items())


def _folder(path: str) -> str:
    return path.partition("/")[0]


def _title(folder: str) -> str:
    return folder.replace("_", " ").capitalize()


def _anchor(template: Template) -> str:
    """The anchor that GitHub gives the heading of a template."""
    return template.path.replace("/", "")
