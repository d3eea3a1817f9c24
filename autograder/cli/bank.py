"""`fieldmark bank`: list, show and check templates."""

from __future__ import annotations

import json
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from question_bank.catalog import Catalog
    from question_bank.template import Template

bank = typer.Typer(help="The question bank: the templates that ship, and those of the course.", no_args_is_help=True)
CourseFolder = Annotated[Path, typer.Option("--course", help="A course folder, whose own templates are seen too.")]
HERE = Path()
PAGE_VARIANTS = 20  # on a page of `bank show --html`


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
    topic: Annotated[str, typer.Option(help='Only templates on this topic: "pooling", or "cnn/pooling".')] = "",
    difficulty: Annotated[
        list[int] | None, typer.Option(min=1, max=5, help="Only this difficult; again for more.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="As JSON, with the size of each space; takes longer.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """List the templates. Reads their text only, so that it is quick; --json loads them."""
    here = catalog(course)
    entries = here.on_topic(topic) if topic else here.entries()
    entries = [entry for entry in entries if not difficulty or entry.difficulty in difficulty]
    if as_json:
        typer.echo(json.dumps([_row(here.get(entry.path)) for entry in entries], indent=1, ensure_ascii=False))
        return
    width = max((len(e.path) for e in entries), default=0)
    for e in entries:
        parts = f"{len(e.parts)} part{'s' if len(e.parts) != 1 else ' '}"
        typer.echo(f"{e.path:<{width}}  {e.difficulty}/5 {e.minutes:>2} min  {parts:>7}  {e.title}")
    typer.echo(f"{len(entries)} template{'s' * (len(entries) != 1)}")


def _row(template: Template) -> dict[str, Any]:
    """What a script wants to know of a template."""
    space = template.space()
    return {
        "path": template.path,
        "title": template.title,
        "topics": template.topics,
        "difficulty": template.difficulty,
        "minutes": template.minutes,
        "version": template.version,
        "points": template.points,
        "variants": space.variants,
        "variants_exact": space.exact,
        "parts": {
            part.name: {
                "kind": type(template.draw("kind").answer_of(part.name)).__name__,
                "misconceptions": sorted({mistake.misconception.name for mistake in part.mistakes}),
            }
            for part in template.parts.values()
        },
    }


@bank.command()
def show(
    template: Annotated[str, typer.Argument(help="The template's path, such as shapes/layer_chain.")],
    seed: Annotated[str, typer.Option(help="Anything: the same seed shows the same variant.")] = "1",
    as_html: Annotated[bool, typer.Option("--html", help="Open a page with a button for the next variant.")] = False,
    to: Annotated[Path | None, typer.Option(help="With --html: write the page here, and do not open it.")] = None,
    course: CourseFolder = HERE,
) -> None:
    """Show a variant: stem, prompts, keys, the mistakes that are recognised, the worked solution."""
    from autograder.showing import variant_markdown, variants_page

    found = catalog(course).get(template)
    if as_html or to:
        _open(variants_page(found, seed, PAGE_VARIANTS), to)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(variant_markdown(found.draw(seed))))


def _open(page: str, to: Path | None) -> None:
    """Write a page where it is wanted; or somewhere, and open it in the browser."""
    if to:
        to.write_text(page, encoding="utf-8")
        typer.echo(f"written: {to}")
        return
    with tempfile.NamedTemporaryFile("w", prefix="fieldmark-", suffix=".html", encoding="utf-8", delete=False) as file:
        file.write(page)
    typer.echo(f"written: {file.name}")
    if not webbrowser.open(Path(file.name).as_uri()):
        typer.echo("no browser was found to open it", err=True)


@bank.command("gallery")
def write_gallery(
    to: Annotated[Path, typer.Option(help="The folder to write.")] = Path("gallery"),
    course: CourseFolder = HERE,
) -> None:
    """Write the gallery: a page of Markdown for each folder of templates, with a variant of each."""
    from autograder.gallery import gallery

    files = gallery(catalog(course))
    for name, text in files.items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_text(text, encoding="utf-8")
    typer.echo(f"written: {to / 'README.md'} and {len(files) - 1} more files")


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


@bank.command("try")
def try_code(
    template: Annotated[str, typer.Argument(help="A template that asks for code, such as coding/implement_conv2d.")],
    code: Annotated[Path, typer.Option(help="The file of Python to grade.")],
    seed: Annotated[str, typer.Option(help="The variant, as `bank show` shows it.")] = "1",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe-no-sandbox", help="Run the file with your own rights.")] = False,
    course: CourseFolder = HERE,
) -> None:
    """Grade a file of code against a template and say how each case went: what does this task catch?"""
    from autograder.execution import tiers
    from autograder.execution.forkserver import ForkServer
    from autograder.trying import trials

    variant = catalog(course).get(template).draw(seed)
    source = code.read_text(encoding="utf-8")
    with ForkServer(tiers.choose(unsafe)) as server:
        found = trials(variant, source, server, seed=f"bank try {seed}")
    if as_json:
        typer.echo(json.dumps({name: trial.to_json() for name, trial in found.items()}, indent=1, ensure_ascii=False))
    else:
        for name, trial in found.items():
            typer.echo("\n".join(trial.lines(name)))
    raise typer.Exit(0 if all(trial.fraction == 1 for trial in found.values()) else 1)
