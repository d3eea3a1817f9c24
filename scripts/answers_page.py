"""docs/answers.md: what may be typed for each kind of answer, from the tables that the checkers are tested with.

python scripts/answers_page.py            # write it
python scripts/answers_page.py --check    # exit 1 where it is stale
"""

from __future__ import annotations

import dataclasses
import importlib
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.responses import Unreadable

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "tests" / "unit" / "checkers"
PAGE = ROOT / "docs" / "answers.md"
LONGEST = 70  # characters of a response that is shown

INTRO = """\
# What may be typed

<!-- Made by scripts/answers_page.py from the tables in tests/unit/checkers. Change those, and run it again. -->

Every response below is a test. A response is a Python value or a text; a text is read exactly and never run. Arithmetic
is read wherever a number is: `3*3*10*40 + 40`, `10^2`, `1/3`, `3.64e3`.

| verdict | what it says |
|---|---|
| correct | right |
| partial | right in another form than was asked for, or right in part |
| incorrect | of the asked form, and wrong |
| invalid | not of the asked form, or readable in two ways; the message says why, with a caret below the place |

What can be read in two ways is not guessed. `2,5` is 2.5, and `3,640` for an integer can only be 3640; for a real
number `2,750` may be 2750 or 2.75, so it is invalid.
"""
ORDER = ("Integer", "Real", "Rational", "Quantity", "Interval", "Shape", "Vector", "Matrix", "Tensor", "Symbolic")
ORDER += ("Equation", "Choice", "Choices", "Ordering", "Matching", "Text")
VERDICTS = {"correct": "Correct", "partial": "Partial", "wrong": "Incorrect", "invalid": "Invalid"}


def page() -> str:
    """The whole page."""
    sections = [_section(kind, list(tables)) for kind, tables in itertools.groupby(_tables(), key=_kind)]
    return "\n".join([INTRO, *sections])


def _tables() -> list[Any]:
    """The tables of all test modules, in the order of the kinds."""
    sys.path.insert(0, str(TABLES))
    verdicts = importlib.import_module("verdicts")
    return sorted(verdicts.every_table(), key=lambda table: ORDER.index(_kind(table)))


def _kind(table: Any) -> str:
    return type(table.answer).__name__


def _section(kind: str, tables: list[Any]) -> str:
    lines = [f"## {kind}", "", f"Asked for as *{tables[0].answer.expects}*.", ""]
    for table in tables:
        options = _options(table.answer)
        lines += [
            f"**Key {_code(str(table.answer.display(table.key)))}**{f' with {_code(options)}' if options else ''}",
            "",
        ]
        for verdict, word in VERDICTS.items():
            lines += _responses(word, [row for row in table.rows if row[1] == verdict])
        lines.append("")
    return "\n".join(lines)


def _options(answer: Any) -> str:
    """The options that are not as they are unless one says so."""
    fields = dataclasses.fields(answer) if dataclasses.is_dataclass(answer) else ()
    given = [(field, getattr(answer, field.name)) for field in fields]
    return ", ".join(f"{field.name}={value!r}" for field, value in given if value != _default(field))


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default


def _responses(word: str, rows: list[Any]) -> Iterator[str]:
    """Responses with one verdict: those that speak for themselves in a row, the others with their reasons."""
    shown = [(_response(row[0]), *row[2:]) for row in rows]
    shown = [row for row in shown if len(row[0]) <= LONGEST]
    if plain := [_code(row[0]) for row in shown if len(row) == 1]:
        yield f"- {word}: {' · '.join(plain)}"
    for text, *reason in shown:
        if reason:
            yield f"- {word}: {_code(text)} — {reason[0]}"


def _response(value: Any) -> str:
    text = " ".join(repr(value).split()).replace("array(", "np.array(")
    return f"({value.what})" if isinstance(value, Unreadable) else text


def _code(text: str) -> str:
    """A code span, whatever the text holds."""
    fence = "``" if "`" in text else "`"
    padding = " " if "`" in text else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def main() -> int:
    """Write the page, or say whether it is stale."""
    made = page()
    if "--check" in sys.argv[1:]:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made
        print("docs/answers.md is stale: run scripts/answers_page.py" if stale else "docs/answers.md is up to date")
        return 1 if stale else 0
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
