"""`fieldmark`: the commands of a course. Each imports what it needs when it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.bank import bank
from question_bank.errors import FieldmarkError

app = typer.Typer(
    name="fieldmark",
    help="Individual, auto-graded assignments for deep-learning courses, at home in nbgrader.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(bank, name="bank")

Assignment = Annotated[str, typer.Argument(help="The assignment: the name of its blueprint, such as hw1.")]
CourseFolder = Annotated[Path, typer.Option("--course", help="The course folder, or one inside it.")]
Jobs = Annotated[int, typer.Option(min=1, max=256, help="How many submissions to run at a time.")]
OneStudent = Annotated[str, typer.Option("--student", help="Only this student.")]
HERE = Path()
CORES = os.cpu_count() or 1


def run() -> None:
    """The console script: what Fieldmark raises on purpose, or the disk, becomes a line on stderr and exit status 2."""
    try:
        app()
    except (FieldmarkError, OSError) as error:
        for line in str(error).splitlines():
            sys.stderr.write(f"fieldmark: {line}\n")
        sys.exit(2)


@app.command()
def init(
    course: Annotated[Path, typer.Argument(help="The folder to make.")],
    blueprint: Annotated[
        str, typer.Option(help="The shipped blueprint to begin with, such as final_exam.")
    ] = "cnn_basics",
) -> None:
    """Make a course folder: nbgrader's layout, a roster, and a blueprint that works as it stands."""
    from assignments import release

    made = release.init(course, blueprint)
    typer.echo(f"Made {made.root}")
    typer.echo("Next: put your students into roster.csv, look at blueprints/hw1.toml, and run")
    typer.echo(f"    cd {course} && fieldmark generate hw1")


@app.command()
def generate(
    assignment: Assignment,
    student: OneStudent = "",
    attempt: Annotated[int, typer.Option(min=1, help="Which attempt to deal papers for.")] = 1,
    redeal: Annotated[
        bool, typer.Option(help="Deal new papers to those who have one. Changes their questions.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Write one notebook per student, a manifest of what was dealt, and an instructor's copy with the keys."""
    from assignments import release
    from assignments.course import Course
    from assignments.files import alone
    from autograder import gradebook

    here = Course.find(course)
    blueprint = here.blueprint(assignment)
    with alone(here.lock_file):
        released = release.generate(here, blueprint, attempt=attempt, only=student, redeal=redeal)
        gradebook.declare(here, blueprint)
    new = sum(item.new for item in released)
    typer.echo(f"{assignment}: {len(released)} notebooks, {new} of them new, {len(released) - new} as they were dealt")
    typer.echo(f"  for students      release/<student>/{assignment}/{assignment}.ipynb")
    typer.echo(f"  with keys         instructor/{assignment}/<student>.ipynb")


@app.command()
def grade(
    assignment: Assignment,
    jobs: Jobs = CORES,
    student: OneStudent = "",
    force: Annotated[bool, typer.Option(help="Run everything again, changed or not.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Say what would be run, and run and write nothing.")] = False,
    json_log: Annotated[Path | None, typer.Option(help="A file to add a JSON line to for each submission.")] = None,
    unsafe_no_sandbox: Annotated[
        bool, typer.Option("--unsafe-no-sandbox", help="Run student code unprotected, as you. Only if you trust it.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Run and mark what was handed in: scores, executed notebooks, feedback and a report.

    An assignment that has a source for nbgrader and no blueprint is graded by nbgrader's rules, in the sandbox.
    """
    from autograder.cli import grading, plain

    if root := plain.root_of(course, assignment):
        if dry_run:
            raise typer.Exit(plain.show_plan(root, assignment, only=student, force=force))
        raise typer.Exit(
            plain.grade_and_show(
                root, assignment, only=student, jobs=jobs, force=force, unsafe=unsafe_no_sandbox, log=json_log
            )
        )
    if dry_run:
        raise typer.Exit(grading.show_plan(course, assignment, only=student, force=force))
    raise typer.Exit(
        grading.grade_and_show(
            course, assignment, only=student, jobs=jobs, force=force, unsafe=unsafe_no_sandbox, log=json_log
        )
    )


@app.command()
def mark(assignment: Assignment, student: OneStudent = "", course: CourseFolder = HERE) -> None:
    """Mark again from the responses that are at hand, after a rubric or a key was corrected. Runs no student code."""
    from autograder.cli.grading import grade_and_show

    raise typer.Exit(grade_and_show(course, assignment, only=student, run=False))


@app.command()
def check(
    kind: Annotated[str, typer.Option(help="The kind of answer, such as integer, real, shape or symbolic.")] = "",
    key: Annotated[str, typer.Option(help="The key, as a student would type it.")] = "",
    response: Annotated[str, typer.Option(help="What a student typed.")] = "",
    options: Annotated[str, typer.Option(help="The kind's options as JSON, such as '{\"rel\": 0.01}'.")] = "{}",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Check a response against a key. Without --kind, answer standard input: a JSON object a line, one for one.

    {"kind": …, "options": {…}, "key": …, "response": …} → {"verdict": …, "message": …, "note": …, "ms": …}
    """
    from autograder.cli import check as checking

    if kind:
        raise typer.Exit(checking.one(kind, options, key, response, as_json))
    raise typer.Exit(checking.lines(sys.stdin.buffer, sys.stdout))


@app.command()
def export(
    assignment: Assignment,
    format: Annotated[str, typer.Option(help="csv")] = "csv",
    to: Annotated[Path | None, typer.Option(help="The file to write; standard output where there is none.")] = None,
    course: CourseFolder = HERE,
) -> None:
    """Write a table of grades: a row for each student of the roster, a column for each question."""
    from assignments.course import Course
    from assignments.files import write_text
    from autograder import grades

    if format != "csv":
        raise typer.BadParameter(f"expected csv, found {format!r}", param_hint="--format")
    table = grades.csv_table(Course.find(course), assignment)
    if to is None:
        sys.stdout.write(table)
    else:
        write_text(to, table)
        typer.echo(f"Wrote {to}")


@app.command()
def pack(
    assignment: Assignment,
    to: Annotated[Path, typer.Option(help="The folder to write the zips and index.csv into.")],
    course: CourseFolder = HERE,
) -> None:
    """Write one zip per student and an index of them, for a learning management system."""
    from assignments import packing
    from assignments.course import Course

    files = packing.pack(Course.find(course), assignment, to)
    typer.echo(f"Wrote {len(files)} zips and {to / 'index.csv'}")


@app.command()
def collect(
    assignment: Assignment,
    download: Annotated[
        Path | None, typer.Argument(help="A zip or folder, as Canvas or Moodle downloads submissions.")
    ] = None,
    from_exchange: Annotated[
        bool, typer.Option("--from-exchange", help="Take what students have submitted through nbgrader's exchange.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Put what was handed in where it is graded; exit status 1 where a person has to look."""
    from assignments.course import Course
    from assignments.files import alone
    from autograder import collecting
    from autograder.checkers.text import harmless

    here = Course.find(course)
    if (download is None) != from_exchange:
        raise typer.BadParameter("give the zip or folder of a download, or --from-exchange")
    with alone(here.lock_file):
        outcomes = (
            collecting.collect(here, assignment, download) if download else collecting.from_exchange(here, assignment)
        )
    for item in outcomes:
        says = [item.student, item.what, item.flag and f"LOOK: {item.flag}"]
        typer.echo(harmless(f"{item.path}: {', '.join(filter(None, says))}"))
    flagged = sum(bool(item.flag) for item in outcomes)
    students = len({item.student for item in outcomes} - {""})
    typer.echo(f"{len(outcomes)} files of {students} students, {flagged} for a person to look at")
    raise typer.Exit(1 if flagged else 0)


@app.command()
def doctor() -> None:
    """Say what this machine offers for running student code, and with which versions."""
    from autograder.cli.health import report

    raise typer.Exit(report())


@app.command()
def rehearse(assignment: Assignment, course: CourseFolder = HERE) -> None:
    """Hand in made-up submissions for every student: right, wrong, blank, raising, never ending. For a trial course."""
    from assignments import rehearsal
    from assignments.course import Course

    here = Course.find(course)
    for item in rehearsal.rehearse(here, here.blueprint(assignment)):
        typer.echo(f"{item.student}: {item.behaviour}")


if __name__ == "__main__":
    run()
