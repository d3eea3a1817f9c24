"""One submission, all the way: read it, run it unless its responses are at hand, mark it, write its feedback.

A fault in one submission is one line in its outcome and costs the others nothing. What has been run is kept, so that a
run that was killed is finished by running it again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assignments import notebook, paper
from assignments.blueprint import Blueprint
from assignments.course import Course
from assignments.files import write_bytes, write_text
from assignments.paper import Paper
from autograder import cases, executed, feedback, gradebook, marking, mending, remarks, steps, submission
from autograder.cases import Inputs
from autograder.checkers.text import harmless
from autograder.execution import Executor
from autograder.handed_in import beside, notebook_in
from autograder.marks import Grade, Hand, Verdict, judged
from autograder.responses import Malformed, Responses
from autograder.submission import Submission
from question_bank.errors import CourseError, FieldmarkError, SubmissionError


class NotRun(SubmissionError):
    """There are no responses to mark, and nothing is to be run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one submission.

    problem: one line, empty where all went well. remarks: what was odd about the notebook and what was done about that.
    """

    student: str
    grade: Grade | None = None
    penalty: float = 0.0
    submitted: dt.datetime | None = None
    problem: str = ""
    ran: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """What counts: the grade less the penalty."""
        return max(0.0, round(self.grade.points - self.penalty, 6)) if self.grade else 0.0

    def brief(self) -> Outcome:
        """Without the texts of its marks."""
        return replace(self, grade=self.grade.brief()) if self.grade else self


@dataclass(frozen=True)
class Grader:
    """Grades one submission at a time; holds nothing that changes, so that many threads can use it."""

    course: Course
    blueprint: Blueprint
    enrolled: frozenset[str]
    tier: str  # the isolation that student code is run in; empty: none is run
    force: bool = False
    pinned: str = ""  # the digest of the assignment's own environment
    hands: Mapping[str, Mapping[str, Hand]] = field(default_factory=dict)  # by student and cell: what people gave
    late: gradebook.Late = gradebook.Late()  # noqa: RUF009 - it does not change

    def grade(self, student: str, executor: Executor) -> Outcome:
        """One submission, all the way; whatever goes wrong is in the outcome."""
        when = self.submitted_at(student)
        try:
            handed_in, dealt = self.read(student)
        except SubmissionError as error:
            self.forget_responses(student)
            return self.unreadable(student, when, str(error))
        except FieldmarkError as error:
            return Outcome(student, problem=harmless(str(error)))
        except Exception as error:  # noqa: BLE001 - a file that we may not read, a manifest that is none
            return self.unreadable(student, when, f"{student}: {type(error).__name__}: {error}")
        try:
            inputs = self.inputs(handed_in, dealt)
            responses, ran = self.responses(handed_in, dealt, inputs, executor)
            marked = self.mark(dealt, handed_in, responses, inputs)
            return self.write(dealt, marked, when, ran, remarks=remarks.of(handed_in, marked))
        except NotRun as error:
            return Outcome(student, problem=str(error))
        except Exception as error:  # noqa: BLE001 - one submission's trouble, whatever it is, must not cost the others
            return self.unreadable(student, when, f"{student}: {type(error).__name__}: {error}")

    def read(self, student: str) -> tuple[Submission, Paper]:
        """What was handed in and the paper that it answers."""
        assignment = self.blueprint.assignment
        folder = self.course.step_folder("submitted", student, assignment)
        if student not in self.enrolled:
            raise CourseError(f"{folder}: {student!r} is not on the roster")
        file, about = notebook_in(folder, assignment, student, self.variables(student))
        with file.open("rb") as opened:
            handed_in = submission.read(opened.read(submission.MAX_BYTES + 1), str(file))
        if handed_in.student not in ("", student) or handed_in.assignment not in ("", assignment):
            claim = f"{handed_in.student!r:.60}, {handed_in.assignment!r:.60}"
            raise SubmissionError(f"{file}: belongs to {claim}; expected {student!r}, {assignment!r}")
        manifest = self.course.manifest(assignment, student, handed_in.attempt)
        dealt = paper.paper_of(manifest, self.blueprint, self.course.catalog)
        return mending.mended(replace(handed_in, remarks=(*about, *handed_in.remarks)), dealt), dealt

    def variables(self, student: str) -> set[str]:
        """What the student's answers are called."""
        manifest = self.course.manifest(self.blueprint.assignment, student, self.newest_attempt(student))
        return {name for question in manifest.questions.values() for name in question.cells}

    def plan(self, student: str) -> Outcome:
        """What grading would do with a submission: run it or not, or refuse it. Nothing is run or written."""
        try:
            handed_in, dealt = self.read(student)
            return Outcome(
                student,
                ran=self.force
                or self.kept(dealt, self.digest(handed_in, dealt, self.inputs(handed_in, dealt))) is None,
            )
        except (FieldmarkError, OSError) as error:
            return Outcome(student, problem=harmless(str(error)))

    def inputs(self, handed_in: Submission, dealt: Paper) -> Inputs:
        """What the functions of a submission are called with."""
        return cases.inputs(dealt, self.course.secret, handed_in.digest)

    def responses(
        self, handed_in: Submission, dealt: Paper, inputs: Inputs, executor: Executor
    ) -> tuple[Responses, bool]:
        """What the submission answers: from disk where the same steps have been run here before, else by running it."""
        asked = steps.of(handed_in, dealt, inputs)
        digest = steps.digest(asked, self.blueprint.limits, self.pinned)
        kept = None if self.force else self.kept(dealt, digest)
        if kept:
            return kept, False
        if not self.tier:
            raise NotRun(f"{dealt.student}: has not been run as it stands; run `fieldmark grade {dealt.assignment}`")
        execution = executor.run(asked, self.blueprint.limits)
        responses = steps.responses(execution, handed_in, dealt)
        book = executed.executed_notebook(handed_in, execution, dealt)
        write_text(self.autograded_file(dealt), notebook.to_json(book))
        record = {"digest": digest, "tier": self.tier, **responses.to_json()}
        write_text(self.responses_file(dealt), json.dumps(record), mode=0o600)
        folder = self.course.step_folder("submitted", dealt.student, dealt.assignment)
        source, _ = notebook_in(folder, dealt.assignment, dealt.student, self.variables(dealt.student))
        target = self.course.kept_file(dealt.assignment, dealt.student, dealt.attempt)
        write_bytes(target, source.read_bytes(), mode=0o600)
        return responses, True

    def digest(self, handed_in: Submission, dealt: Paper, inputs: Inputs) -> str:
        """What decides the responses to a submission."""
        asked = steps.of(handed_in, dealt, inputs)
        return steps.digest(asked, self.blueprint.limits, self.pinned)

    def kept(self, dealt: Paper, digest: str) -> Responses | None:
        """The responses that are at hand, if they are to the steps and limits of this digest."""
        try:
            data = json.loads(self.responses_file(dealt).read_text(encoding="utf-8"))
            return Responses.from_json(data) if data["digest"] == digest else None
        except (OSError, ValueError, KeyError, TypeError, Malformed):
            return None  # absent, damaged or of other steps: it is made again

    def mark(self, dealt: Paper, handed_in: Submission, responses: Responses, inputs: Inputs) -> Grade:
        """Responses, marked by the blueprint's rubric."""
        reveal = self.blueprint.feedback.hidden_cases
        return marking.mark(dealt, handed_in, responses, self.blueprint.rubric, inputs, reveal)

    def responses_file(self, dealt: Paper) -> Path:
        return self.course.responses_file(dealt.assignment, dealt.student, dealt.attempt)

    def autograded_file(self, dealt: Paper) -> Path:
        return self.course.notebook_file("autograded", dealt.student, dealt.assignment)

    def write(
        self,
        dealt: Paper,
        marked: Grade,
        when: dt.datetime | None,
        ran: bool,
        problem: str = "",
        remarks: tuple[str, ...] = (),
    ) -> Outcome:
        """Keep the marks, choose the attempt that counts, and write its feedback."""
        marked = judged(marked, self.hands.get(dealt.student, {}))
        waiting = [question.id for question in marked.questions if question.unmarked]
        if waiting and not problem:
            why = next((f": {m.message}" for q in marked.questions for m in q.marks if m.verdict == "environment"), "")
            problem = f"{', '.join(waiting)} could not be marked{why}; see {self.feedback_file(dealt)}"
        outcome = Outcome(dealt.student, marked, self.penalty(marked, when), when, problem, ran, remarks)
        record = {
            "grade": marked.to_json(),
            "penalty": outcome.penalty,
            "submitted": when.isoformat() if when else None,
        }
        file = self.course.marks_file(dealt.assignment, dealt.student, dealt.attempt)
        write_text(file, json.dumps(record), mode=0o600)
        self.write_feedback(dealt, outcome)
        self.copy_timestamp(dealt)
        return self.counting(outcome)

    def write_feedback(self, dealt: Paper, outcome: Outcome) -> None:
        assert outcome.grade is not None  # noqa: S101 - for the type checker
        page = feedback.html(outcome.grade, dealt, self.blueprint, outcome.penalty, outcome.remarks)
        write_text(self.feedback_file(dealt), page)

    def feedback_file(self, dealt: Paper) -> Path:
        folder = self.course.step_folder("feedback", dealt.student, dealt.assignment)
        return folder / f"{dealt.assignment}.html"

    def copy_timestamp(self, dealt: Paper) -> None:
        """Formgrader takes a submission for graded if the time is as it was handed in; nbgrader releases by both."""
        source = self.course.step_folder("submitted", dealt.student, dealt.assignment)
        for name, mode in {"timestamp.txt": 0o644, "submission_secret.txt": 0o600}.items():
            if (text := beside(source / name)) is not None:
                for step in ("autograded", "feedback"):
                    write_text(self.course.step_folder(step, dealt.student, dealt.assignment) / name, text, mode)

    def unreadable(self, student: str, when: dt.datetime | None, problem: str) -> Outcome:
        """A submission that could not be graded: no points yet, and a person looks at it."""
        problem = harmless(problem)
        try:
            manifest = self.course.manifest(self.blueprint.assignment, student, self.newest_attempt(student))
            dealt = paper.paper_of(manifest, self.blueprint, self.course.catalog)
            book = executed.unreadable_notebook(dealt, self.blueprint, problem)
            write_text(self.autograded_file(dealt), notebook.to_json(book))
            note = "your submission could not be graded automatically; a person will look at it"
            marked = marking.nothing_handed_in(dealt, Verdict.UNMARKED, note)
            return self.write(dealt, marked, when, ran=False, problem=problem)
        except Exception as error:  # noqa: BLE001 - as in `grade`: the others are graded all the same
            return Outcome(student, problem=harmless(f"{problem}; {error}"))

    def newest_attempt(self, student: str) -> int:
        """The last attempt that was dealt: what cannot be read is taken for it, and earlier ones keep their marks."""
        numbers = range(self.blueprint.attempts.allowed, 1, -1)
        files = {n: self.course.manifest_file(self.blueprint.assignment, student, n) for n in numbers}
        return next((n for n, file in files.items() if file.is_file()), 1)

    def forget_responses(self, student: str) -> None:
        """What was handed in is another file now: should the old one come back, it is run again."""
        attempt = self.newest_attempt(student)
        self.course.responses_file(self.blueprint.assignment, student, attempt).unlink(missing_ok=True)

    def submitted_at(self, student: str) -> dt.datetime | None:
        """When the submission was handed in, by nbgrader's timestamp.txt; UTC, naive."""
        folder = self.course.step_folder("submitted", student, self.blueprint.assignment)
        return gradebook.timestamp(beside(folder / "timestamp.txt") or "")

    def penalty(self, marked: Grade, when: dt.datetime | None) -> float:
        """Points lost for handing in late: as the blueprint says or, if it says nothing, nbgrader's plugin."""
        late = self.blueprint.late
        if not when:
            return 0.0
        if not late:
            return round(self.late.penalty(marked.student, marked.points, when), 6)
        in_time = (when - self.late.extension(marked.student)).replace(tzinfo=dt.UTC)
        return round(marked.points * late.penalty(in_time), 6)

    def counting(self, outcome: Outcome) -> Outcome:
        """The outcome of the attempt that counts, as the blueprint keeps the best or the last."""
        numbers = range(1, self.blueprint.attempts.allowed + 1)
        assert outcome.grade is not None  # noqa: S101 - for the type checker
        this = outcome.grade.attempt
        found = [outcome if n == this else self.other_attempt(outcome.student, n) for n in numbers]
        attempts = [other for other in found if other]
        if len(attempts) < 2:
            return outcome
        chosen = max(attempts, key=lambda o: o.points) if self.blueprint.attempts.keep == "best" else attempts[-1]
        return replace(chosen, problem=outcome.problem, ran=outcome.ran, remarks=outcome.remarks)

    def other_attempt(self, student: str, attempt: int) -> Outcome | None:
        """An attempt whose notebook is no longer under `submitted`: marked again where its responses are at hand."""
        before = self.marked_attempt(student, attempt)
        file = self.course.kept_file(self.blueprint.assignment, student, attempt)
        if before is None or not file.is_file():
            return before
        manifest = self.course.manifest(self.blueprint.assignment, student, attempt)
        dealt = paper.paper_of(manifest, self.blueprint, self.course.catalog)
        handed_in = mending.mended(submission.read(file.read_bytes(), str(file)), dealt)
        inputs = self.inputs(handed_in, dealt)
        responses = self.kept(dealt, self.digest(handed_in, dealt, inputs))
        if responses is None:  # run in another environment or within other limits: its marks stand
            return before
        assert before.grade is not None  # noqa: S101 - for the type checker
        kept = {cell: hand for question in before.grade.questions for cell, hand in question.hands}
        marked = judged(self.mark(dealt, handed_in, responses, inputs), self.hands.get(student, {}), kept)
        return replace(before, grade=marked, penalty=self.penalty(marked, before.submitted))

    def marked_attempt(self, student: str, attempt: int) -> Outcome | None:
        file = self.course.marks_file(self.blueprint.assignment, student, attempt)
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            when = dt.datetime.fromisoformat(data["submitted"]) if data["submitted"] else None
            return Outcome(student, Grade.from_json(data["grade"]), float(data["penalty"]), when)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise CourseError(f"{file}: damaged; delete it and grade again: {error}") from error
