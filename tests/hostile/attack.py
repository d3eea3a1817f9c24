"""An attack file → an attacker's notebook and what must come of it.

An attack is a Python file in `attacks/`: a docstring that says what it tries and what must happen, a header, and cells.

    # expect: points <= 0                   the grade, at most; or
    # expect: keeps q1 q3                   these questions earn all their points, the others none
    # expect: verdict q2 error              the verdict of all parts of a question (without one: of all questions)
    # expect: message q2 contains "memory"  in some part's message (without a question: anywhere)
    # expect: output contains "tried"       what its cells printed; `output lacks "…"`
    # expect: problem contains "belongs"    the line that the instructor reads
    # metadata: {"student": "someone"}      is put under the notebook's metadata.fieldmark
    # submit: b"no notebook"                the bytes that are handed in, as an expression; `blank` is the notebook
    # %% q2_answer                          replaces that cell; its metadata may follow as JSON
    # %% before q1                          goes before the cell of that id; so does `after`

In cells, `# {{ right q1 }}` on a line of its own becomes the right answer to question 1, `#! text` a line that is no
Python, and `{{ course }}`, `{{ neighbour }}`, … what the harness says.
"""

from __future__ import annotations

import ast
import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assignments.notebook import code_cell, to_json
from assignments.paper import Paper
from assignments.rehearsal import knows_it

HERE = Path(__file__).parent
KIT = (HERE / "kit.py").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Cell:
    """`place` is a cell's id, or "before" or "after" one."""

    place: str
    source: str
    metadata: dict[str, Any]


@dataclass(frozen=True)
class Attack:
    """One file. Its name is the attacker's, too."""

    name: str
    purpose: str
    expected: tuple[str, ...]
    metadata: dict[str, Any]
    submit: str
    cells: tuple[Cell, ...]

    def file(self, blank: dict[str, Any], paper: Paper, words: dict[str, str]) -> bytes:
        """What is handed in: the student's notebook, still blank, with this attack in it."""
        if self.submit:
            return eval(self.submit, {"json": json, "blank": blank})
        return to_json(self._notebook(blank, paper, words)).encode()

    def _notebook(self, blank: dict[str, Any], paper: Paper, words: dict[str, str]) -> dict[str, Any]:
        book = json.loads(json.dumps(blank))
        book["metadata"]["fieldmark"] |= self.metadata
        cells = book["cells"]
        cells.insert(0, code_cell("kit", KIT))
        for number, attack in enumerate(self.cells):
            source = _filled(attack.source, paper, words)
            how, _, id = attack.place.rpartition(" ")
            at = next(i for i, cell in enumerate(cells) if cell["id"] == id)
            if not how:
                cells[at] |= {"source": source, "metadata": attack.metadata or cells[at]["metadata"]}
                continue
            if how == "after":
                at += 1
                while cells[at : at + 1] and cells[at]["id"].startswith("attack-"):
                    at += 1
            cells.insert(at, code_cell(f"attack-{number}", source) | {"metadata": attack.metadata})
        return book


def _filled(source: str, paper: Paper, words: dict[str, str]) -> str:
    questions = {question.id: question for question in paper.questions}
    source = re.sub(
        r"^( *)# \{\{ right (\w+) \}\}$",
        lambda match: textwrap.indent(textwrap.dedent(knows_it(questions[match[2]])).strip(), match[1]),
        source,
        flags=re.M,
    )
    source = re.sub(r"^( *)#! ?", r"\1", source, flags=re.M)
    return re.sub(r"\{\{ ?(\w+) ?\}\}", lambda match: words[match[1]], source)


def read(file: Path) -> Attack:
    """The attack in a file."""
    head, *pieces = re.split(r"^# %% ", file.read_text(encoding="utf-8"), flags=re.M)
    cells = []
    for piece in pieces:
        title, _, source = piece.partition("\n")
        place, brace, metadata = title.partition(" {")
        cells.append(Cell(place.strip(), source.strip("\n"), json.loads(brace + metadata) if brace else {}))
    return Attack(
        name=file.stem,
        purpose=ast.get_docstring(ast.parse(head)) or "",
        expected=tuple(re.findall(r"^# expect: (.+)$", head, flags=re.M)),
        metadata=json.loads(next(iter(re.findall(r"^# metadata: (.+)$", head, flags=re.M)), "{}")),
        submit=next(iter(re.findall(r"^# submit: (.+)$", head, flags=re.M)), ""),
        cells=tuple(cells),
    )


ATTACKS = [read(file) for file in sorted((HERE / "attacks").glob("*.py"))]
