"""Submission × paper → the submission as it can be run: cells that were deleted, converted, moved, edited put right.

Pure. An answer is found by its `grade_id`, then by the assignment to its variable. Each thing that was mended is one of
the submission's remarks; cells are numbered as they stood in the file, from 1.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from assignments.notebook import grade_cell, setup_cell
from assignments.paper import Paper, Question
from autograder.bindings import Look, bound
from autograder.submission import Cell, Submission

MOST = 100  # cells that are searched for imports
SURE = sys.stdlib_module_names | {"numpy", "torch"}
_ELSEWHERE = re.compile(
    r"^(?:from google\.colab import [\w, ]++|import google\.colab[\w. ]*+"
    r"|drive\.(?:mount|flush_and_unmount)\([^()\n]*\)|%?cd +[\"']?[/~][^\n]*|os\.chdir\([\"'][/~][^()\n]*\))[ \t;]*$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^```[\w ]*$", re.MULTILINE)


def mended(handed_in: Submission, dealt: Paper) -> Submission:
    """The submission with its cells found again, put right and put in order."""
    mender = _Mender(list(handed_in.cells), dealt)
    mender.mend()
    lost = frozenset(mender.unanswered) if handed_in.damaged else frozenset[str]()
    remarks = (*handed_in.remarks, *mender.remarks)
    return replace(handed_in, cells=tuple(mender.cells), lost=lost, remarks=remarks)


class _Mender:
    def __init__(self, cells: list[Cell], dealt: Paper) -> None:
        self.texts = {cell for question in dealt.questions for cell in question.texts}
        dealt = replace(dealt, questions=dealt.in_code)
        self.cells, self.dealt, self.remarks = cells, dealt, list[str]()
        self.unanswered: list[str] = []  # questions that have neither an answer cell nor an answer
        self.look = Look(name for question in dealt.questions for name in question.parts)
        self.questions = {question.id for question in dealt.questions}
        self.known = self.questions | {f"{id}_answer" for id in self.questions}

    def mend(self) -> None:
        self.turn_words_back_into_text()
        self.recognise_grade_cells()
        self.take_answers_out_of_grade_cells()
        self.turn_answers_back_into_code()
        self.leave_out_lines_for_another_machine()
        for question in self.dealt.questions:
            self.name_answers(question)
        self.restore_grade_cells()
        for question in self.dealt.questions:
            self.place_grade_cell(question)
        self.restore_imports()

    def turn_words_back_into_text(self) -> None:
        """What is answered in words is never run."""
        for index, cell in enumerate(self.cells):
            if cell.grade_id in self.texts and cell.kind != "markdown":
                self.cells[index] = replace(cell, kind="markdown")
                self.remarks.append(
                    f"{cell.grade_id}: its cell {cell.number} had been turned into {cell.kind}; not run"
                )

    def recognise_grade_cells(self) -> None:
        """A grade cell that has lost its metadata is known by its text."""
        present, found = {cell.grade_id for cell in self.cells}, list[str]()
        texts = {text(id): id for id in self.questions}
        for index, cell in enumerate(self.cells):
            if cell.is_code and cell.grade_id not in self.known and (question := texts.get(cell.source.strip(), "")):
                self.cells[index] = replace(cell, grade_id=question)
                found += [question] if question not in (*present, *found) else []
        if found:
            self.remarks.append(f"nbgrader's metadata were missing; grade cells known by their text: {_list(found)}")

    def missing(self) -> frozenset[str]:
        """The variables that no cell gives a value."""
        return self.look.names - {name for cell in self.cells for name in self.answers_in(cell)}

    def take_answers_out_of_grade_cells(self) -> None:
        """A grade cell is never run; what was answered in it goes into a cell of its own."""
        missing = self.missing()
        for index, cell in reversed([*enumerate(self.cells)]):
            if cell.grade_id not in self.questions or not missing:
                continue
            if names := [name for name in self.look.filled(cell.source) if name in missing]:
                source = cell.source.replace(text(cell.grade_id), "")
                self.cells.insert(index, replace(cell, kind="code", source=source, grade_id=f"{cell.grade_id}_answer"))
                self.remarks.append(f"{cell.grade_id}: answered in its locked cell {cell.number}: {_list(names)}")

    def turn_answers_back_into_code(self) -> None:
        """A text cell that assigns an answer which no code cell assigns was a code cell."""
        missing = self.missing()
        for index, cell in enumerate(self.cells):
            if (
                cell.is_code
                or cell.grade_id in self.texts
                or not missing
                or not any(name in cell.source for name in missing)
            ):
                continue
            source = _FENCE.sub("", cell.source)
            if names := [name for name in self.look.filled(source) if name in missing]:
                self.cells[index] = replace(cell, kind="code", source=source)
                self.remarks.append(
                    f"cell {cell.number} had been turned into {cell.kind} text; run as code: {_list(names)}"
                )

    def leave_out_lines_for_another_machine(self) -> None:
        """Lines that mount a drive or go to a folder elsewhere would raise, and the rest of their cells not be run.

        Only those that stand by themselves: within `try` or `if`, code provides for it.
        """
        cells, lines = list[int](), list[str]()
        for index, cell in enumerate(self.cells):
            if cell.is_code and (found := _ELSEWHERE.findall(cell.source)):
                self.cells[index] = replace(cell, source=_ELSEWHERE.sub(r"pass  # left out: \g<0>", cell.source))
                cells.append(cell.number)
                lines += found
        if cells:
            shown = _list(f"{line.strip():.60}" for line in dict.fromkeys(lines))
            self.remarks.append(f"cells {_list(cells)}: lines for another machine were left out: {shown}")

    def answers_in(self, cell: Cell) -> list[str]:
        """The variables of the paper that a cell gives a value when it is run; grade cells are not."""
        return self.look.filled(cell.source) if cell.is_code and cell.grade_id not in self.questions else []

    def name_answers(self, question: Question) -> None:
        """Find the cells that answer a question; say so where they are not the one that is meant for it."""
        grade_id, found = f"{question.id}_answer", dict[int, list[str]]()
        own = [index for index, cell in enumerate(self.cells) if cell.grade_id == grade_id and cell.is_code]
        for index, cell in enumerate(self.cells):
            if names := [name for name in self.answers_in(cell) if name in question.parts]:
                found[index] = names
        in_place = {name for index in own for name in found.get(index, ())}
        strays = {i: [n for n in names if n not in in_place] for i, names in found.items() if i not in own}
        for index, names in strays.items():
            cell = self.cells[index]
            adopted = not own and cell.grade_id not in self.known
            self.cells[index] = replace(
                cell,
                grade_id=grade_id if adopted else cell.grade_id,
                answers=cell.answers if adopted else (*cell.answers, question.id),
            )
            own += [index] if adopted else []
            if names:
                self.remarks.append(f"{question.id}: found by assignment in cell {cell.number}: {_list(names)}")
        if not own and not found:
            self.unanswered.append(question.id)
            self.remarks.append(
                f"{question.id}: its answer cell is missing, and no cell assigns {_list(question.parts)}"
            )
        if len(twice := [self.cells[index].number for index in own]) > 1:
            self.remarks.append(
                f"{question.id}: its answer cell stands {len(twice)} times (cells {_list(twice)}); all are run"
            )

    def restore_grade_cells(self) -> None:
        """Locked cells are never run as handed in; say whose text is another, unless all are of an older release."""
        locked = [(q.id, cell) for q in self.dealt.questions for cell in self.cells if cell.grade_id == q.id]
        edited = [id for id, cell in locked if cell.source.strip() != text(id)]
        if edited and len(edited) < len(locked):
            self.remarks.append(f"locked cells were edited; restored: {_list(dict.fromkeys(edited))}")
        for index, cell in enumerate(self.cells):
            if cell.grade_id in self.questions:
                self.cells[index] = replace(cell, source=text(cell.grade_id))
        for question, times in Counter(id for id, _ in locked).items():
            if times > 1:
                self.remarks.append(f"{question}: its grade cell stands {times} times; marked once")

    def place_grade_cell(self, question: Question) -> None:
        """A question is marked where its grade cell stands; below its answers, where that is missing or above them."""
        at = next((index for index, cell in enumerate(self.cells) if cell.grade_id == question.id), None)
        above = self.assigned(question, range(at if at is not None else 0))
        below = self.assigned(question, range(at or 0, len(self.cells)))
        if not (late := [index for name, index in below.items() if name not in above]):
            return
        last = max(late)
        number = self.cells[last].number
        cell = Cell("code", text(question.id), question.id) if at is None else self.cells[at]
        self.cells.insert(last + 1, cell)
        if at is not None:
            del self.cells[at]
        why = "is missing" if at is None else "stands above an answer"
        self.remarks.append(f"{question.id}: its grade cell {why}; marked below cell {number}")

    def assigned(self, question: Question, indices: Iterable[int]) -> dict[str, int]:
        """The last of these cells that assigns each of a question's variables."""
        return {
            name: index for index in indices for name in self.answers_in(self.cells[index]) if name in question.parts
        }

    def restore_imports(self) -> None:
        """The first cell's imports are run, whatever became of it."""
        source = str(setup_cell(self.dealt)["source"])
        imports = {line for line in source.splitlines() if line.startswith(("import ", "from "))}
        lines: set[str] = set()
        for cell in self.cells[:MOST]:
            if cell.grade_id in self.known:
                break
            if cell.is_code and any(line in cell.source for line in imports) and bound(cell.source):
                lines |= set(takewhile(_is_sure, cell.source.splitlines()))
        if not imports <= lines:
            self.cells.insert(0, Cell("code", source))
            self.remarks.append("the cell of imports was deleted or edited; the original was run first")


def text(question: str) -> str:
    """A grade cell's text."""
    return str(grade_cell(question, 0)["source"]).strip()


def _is_sure(line: str) -> bool:
    """Whether a line is no import that may fail here, after which the rest of its cell would not be run."""
    module = re.match(r"(?:import|from)\s+(\w+)", line)
    return module is None or module[1] in SURE


def _list(things: Iterable[object]) -> str:
    return ", ".join(map(str, things))
