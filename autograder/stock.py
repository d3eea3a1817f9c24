"""What a grade cell calls under stock `nbgrader autograde`: marking inside the student's own kernel.

For compatibility only. Here the keys are within the reach of the student's code, and hidden cases are called in its
process; `fieldmark grade` keeps them apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from assignments import paper
from assignments.course import Course
from assignments.paper import Paper, Question
from autograder import cases, marking, submission
from autograder.cases import Inputs
from autograder.inprocess import respond
from autograder.responses import Raised, Responses, call_key, decode, encode
from question_bank.code import Code
from question_bank.errors import FieldmarkError


def score(question_id: str, namespace: Mapping[str, Any]) -> float:
    """The points for a question from the variables of the notebook that runs in the current folder.

    nbgrader runs it in autograded/<student>/<assignment>: the folder says whose paper it is, not the notebook.
    Prints nothing. Raises FieldmarkError, which earns nothing, where the course or the manifest cannot be found.
    """
    folder = Path.cwd()
    student, assignment = folder.parent.name, folder.name
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        course = Course.find(folder)
        blueprint = course.blueprint(assignment)
        file = folder / f"{assignment}.ipynb"
        handed_in = submission.read(file.read_bytes(), str(file))
        manifest = course.manifest(assignment, student, handed_in.attempt)
        dealt = paper.paper_of(manifest, blueprint, course.catalog)
        questions = tuple(q for q in dealt.questions if q.id == question_id)
        if not questions:
            raise FieldmarkError(f"{file}: no question {question_id!r} in {student}'s paper")
        one = Paper(assignment, student, dealt.attempt, questions)
        inputs = cases.inputs(one, course.secret, handed_in.digest)
        responses = _responses(questions[0], namespace, inputs)
        [marked] = marking.mark(one, handed_in, responses, blueprint.rubric, inputs).questions
        return float(marked.cells[question_id].points)


def _responses(question: Question, namespace: Mapping[str, Any], inputs: Inputs) -> Responses:
    values, calls = {}, {}
    for variable, part in question.parts.items():
        if isinstance(part, Code):
            key = call_key(question.id, part.name)
            calls[key] = {n: respond(part, namespace, a) for n, a in enumerate(inputs[key])}
        else:
            missing = Raised("NameError", f"name {variable!r} is not defined")
            values[variable] = decode(encode(namespace.get(variable, missing)))
    return Responses(values, calls, {})
