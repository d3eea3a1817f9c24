"""`fieldmark bank`: list, show and check templates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from question_bank.catalog import Catalog

bank = typer.Typer(help="The question bank: the templates that ship, and those of the course.", no_args_is_help=True)
CourseFolder = Annotated[Path, typer.Option("--course", help="A course folder, whose own templates are seen too.")]
HERE = Path()


def catalog(folder: Path) -> Catalog:
    """The bank, with the templates of the course that `folder` lies in, if it does."""
    from question_bank.catalog import Catalog
    from question_bank.errors import CourseError

    if not folder.is_dir():
        raise CourseError(f"{folder}: no such folder")
    for parent in (folder.resolve(), *folder.resolve().parents):
        if (file := parent / "course.toml").is_file():
            import tomllib

            try:
                settings = tomllib.loads(file.read_text(encoding="utf-8-sig"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise CourseError(f"{file}: not TOML: {error}") from error
            return Catalog(parent / str(settings.get("templates", "templates")))
    return Catalog()


@bank.command("list")
def list_templates(
    topic: Annotated[str, typer.Option(help="Only templates with a topic that starts so.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
    course: CourseFolder = HERE,
) -> None:
    """List the templates. Reads their text only, so that it is quick."""
    entries = [e for e in catalog(course).entries() if any(t.startswith(topic) for t in e.topics or ("",))]
    if as_json:
        rows = [
            {"path": e.path, "title": e.title, "topics": e.topics, "version": e.version, "parts": e.parts}
            for e in entries
        ]
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    width = max((len(e.path) for e in entries), default=0)
    for e in entries:
        typer.echo(f"{e.path:<{width}}  {len(e.parts)} part{'s' if len(e.parts) != 1 else ' '}  {e.title}")
    typer.echo(f"{len(entries)} templates")


@bank.command()
def show(
    template: Annotated[str, typer.Argument(help="The template's path, such as shapes/layer_chain.")],
    seed: Annotated[str, typer.Option(help="Anything: the same seed shows the same variant.")] = "1",
    course: CourseFolder = HERE,
) -> None:
    """Show a variant: stem, prompts, keys, the mistakes that are recognised, the worked solution."""
    from rich.console import Console
    from rich.markdown import Markdown

    from autograder.showing import variant_markdown

    found = catalog(course).get(template)
    Console().print(Markdown(variant_markdown(found.draw(seed))))


@bank.command()
def check(
    templates: Annotated[list[str] | None, typer.Argument(help="Paths; all templates where none is given.")] = None,
    variants: Annotated[int, typer.Option(min=1, help="How many variants of each to try.")] = 50,
    course: CourseFolder = HERE,
) -> None:
    """Check templates as the bank's own tests do: they render, keys earn full marks, mistakes are recognised."""
    from autograder import conformance
    from question_bank.errors import FieldmarkError

    here, failed = catalog(course), 0
    for path in templates or here.files():
        try:
            template = here.get(path)
            faults = conformance.faults(template, conformance.sample(template, variants))
        except FieldmarkError as error:
            faults = [str(error)]
        typer.echo(f"{'ok  ' if not faults else 'FAIL'}  {path}")
        for fault in faults:
            typer.echo(f"      {fault}")
        failed += bool(faults)
    raise typer.Exit(1 if failed else 0)
