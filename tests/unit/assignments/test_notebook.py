"""Notebooks: valid, the same for all where nbgrader needs it, without keys, and at home where our package is not."""

import ast
import copy
import json
import subprocess
import sys

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from assignments import blueprint, notebook, paper, rehearsal
from question_bank import Integer, Matrix, Real, Shape, Symbolic
from question_bank.catalog import Catalog
from question_bank.code import Code
from question_bank.models import Training

SECRET = b"a secret"


@pytest.fixture(scope="module")
def whole_bank(tmp_path_factory):
    """A blueprint with a slot for each template that ships and has one answer cell; `test_words.py` has the others."""
    catalog = Catalog()
    paths = [path for path in catalog.files() if not path.startswith("explain/")]
    slots = "\n".join(f'[[slots]]\ntemplate = "{path}"' for path in paths)
    file = tmp_path_factory.mktemp("bank") / "bank.toml"
    file.write_text(f'title = "All of the bank"\n{slots}\n', encoding="utf-8")
    return blueprint.read(file, catalog)


@pytest.fixture(scope="module")
def dealt(whole_bank):
    return paper.deal(whole_bank, "ada", 1, SECRET, {})


@pytest.fixture(scope="module")
def student(dealt, whole_bank):
    return notebook.student_notebook(dealt, whole_bank, SECRET)


@pytest.fixture(scope="module")
def instructor(dealt, whole_bank):
    return notebook.instructor_notebook(dealt, whole_bank, SECRET)


@pytest.fixture(scope="module")
def source(whole_bank):
    return notebook.source_notebook(whole_bank)


@pytest.fixture(params=["student", "instructor", "source"])
def book(request):
    return request.getfixturevalue(request.param)


def cells(book):
    return {cell["id"]: cell for cell in book["cells"]}


def text(book):
    return "\n".join(cell["source"] for cell in book["cells"])


def answer_parts(question):
    """The parts that are not code, by variable."""
    return {v: part for v, part in question.parts.items() if not isinstance(part, Code)}


# Valid, as Jupyter and nbgrader have it


def test_it_is_nbformat_4_5(book):
    nbformat.validate(copy.deepcopy(book), version=4, version_minor=5)
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)


def test_nbgrader_takes_its_metadata(book):
    MetadataValidator().validate_nb(nbformat.from_dict(book))
    grade_ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in book["cells"] if "nbgrader" in cell["metadata"]]
    assert len(set(grade_ids)) == len(grade_ids)


def test_cell_ids_are_unique(book):
    assert len(cells(book)) == len(book["cells"])


def test_every_code_cell_is_python(book):
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            compile(cell["source"], cell["id"], "exec")


def test_the_bytes_are_the_same_each_time(student, dealt, whole_bank):
    assert notebook.to_json(notebook.student_notebook(dealt, whole_bank, SECRET)) == notebook.to_json(student)


# The shape of a question


def test_a_question_is_four_cells_and_one_for_each_answer_in_words(student, whole_bank):
    expected = ["title", "setup"]
    for slot in whole_bank.slots:
        expected += [f"{slot.id}-stem"]
        if slot.code_points:
            expected += [f"{slot.id}_answer", f"{slot.id}-checks", slot.id]
        expected += slot.texts
    assert list(cells(student)) == expected


def test_stem_and_prompts_stand_in_the_stem_cell(student, dealt):
    for question in dealt.questions:
        stem = cells(student)[f"{question.id}-stem"]["source"]
        assert question.variant.stem in stem
        for number, (variable, part) in enumerate(answer_parts(question).items(), start=1):
            assert f"{number}. {question.variant.prompt(part.name)} → `{variable}`" in stem


def test_a_figure_stands_between_the_stem_and_its_prompts(student, dealt):
    drawn = {question: figure for question in dealt.questions if (figure := question.variant.figure())}
    assert drawn
    for question, figure in drawn.items():
        before, after = cells(student)[f"{question.id}-stem"]["source"].split(f"\n\n{figure.img}\n\n")
        assert before.endswith(question.variant.stem)
        assert after.startswith("1. ")
        assert len(figure.svg) < 60_000


def test_a_question_without_a_figure_has_no_image(student, dealt):
    plain = [question for question in dealt.questions if question.variant.figure() is None]
    assert plain
    assert not any("<img" in cells(student)[f"{question.id}-stem"]["source"] for question in plain)


def test_the_same_variant_has_the_same_figure(dealt):
    for question in dealt.questions:
        variant = question.variant
        assert variant.template(**variant.parameters).figure() == variant.figure()


def test_twelve_figures_leave_a_notebook_small(plan, add_template):
    add_template("tiny/picture", PICTURE)
    blueprint = plan('title = "T"\n' + '[[slots]]\ntemplate = "tiny/picture"\n' * 12)
    book = notebook.student_notebook(paper.deal(blueprint, "ada", 1, SECRET, {}), blueprint, SECRET)
    assert notebook.to_json(book).count("<img") == 12
    assert len(notebook.to_json(book)) < 2**20


PICTURE = '''\
from question_bank import figures


@template(topics=["tiny/picture"])
class Picture:
    """As large as the pictures of the bank are: a whole digit of 28×28 pixels beside a kernel."""

    stem = "Image {{ n }}."
    n: int = integers(1, 10_000)

    def figure(q):
        digit = [[(q.n * (i + 3) * (j + 7)) % 256 for j in range(28)] for i in range(28)]
        return figures.grids(figures.grid(digit, "x", marked=[(0, 0, 5, 5)]), "⋆", figures.grid([[1] * 5] * 5, "w"))

    more = part("One more?", lambda q: q.n + 1)
    solution = "{{ more }}"
'''


def test_a_grade_cell_is_locked_and_worth_what_is_answered_in_code(student, dealt):
    for question in dealt.in_code:
        metadata = cells(student)[question.id]["metadata"]
        words = sum(cells(student)[name]["metadata"]["nbgrader"]["points"] for name in question.texts)
        assert metadata["nbgrader"]["points"] + words == question.points
        assert metadata["nbgrader"]["grade"]
        assert metadata["nbgrader"]["locked"]
        assert not metadata["deletable"]
        assert not metadata["editable"]


def test_the_students_numbers_stand_in_cells_that_nbgrader_leaves_alone(student):
    for cell in student["cells"]:
        assert ("nbgrader" in cell["metadata"]) == (not cell["id"].endswith(("-stem", "-checks", "title", "setup")))


def test_students_share_ids_and_grade_cells_whatever_they_were_dealt(plan):
    choice = 'title = "T"\n[[slots]]\ntemplate = ["tiny/side", "tiny/grid"]\npoints = 3\n'
    blueprint = plan(choice)
    papers = [paper.deal(blueprint, f"s{number}", 1, SECRET, {}) for number in range(8)]
    assert len({p.questions[0].variant.template for p in papers}) == 2
    books = [cells(notebook.student_notebook(p, blueprint, SECRET)) for p in papers]
    assert len({tuple(book) for book in books}) == 1
    assert len({json.dumps(book["q1"]) for book in books}) == 1
    assert json.dumps(cells(notebook.source_notebook(blueprint))["q1"]) in {json.dumps(book["q1"]) for book in books}


def test_the_source_has_the_cells_that_nbgrader_keeps(student, source):
    def kept(book):
        return {id: cell["metadata"] for id, cell in cells(book).items() if "nbgrader" in cell["metadata"]}

    assert kept(source) == kept(student)


def test_points_and_attempt_stand_in_the_title(plan):
    blueprint = plan('title = "T"\n[attempts]\nallowed = 2\n[[slots]]\ntemplate = "tiny/side"\npoints = 2.5\n')
    title = notebook.student_notebook(paper.deal(blueprint, "ada", 2, SECRET, {}), blueprint, SECRET)["cells"][0]
    assert "hw · ada · attempt 2 · 2.5 points" in title["source"]


# Keys


def test_an_answer_cell_holds_blanks_and_starters_alone(student, dealt):
    for question in dealt.in_code:
        statements = ast.parse(cells(student)[f"{question.id}_answer"]["source"]).body
        names = []
        for statement in statements:
            if isinstance(statement, ast.FunctionDef):
                names.append(statement.name)
                docstring, *body = statement.body
                assert isinstance(docstring.value, ast.Constant)
                if not getattr(question.parts.get(statement.name), "given", ""):  # that is to be mended
                    assert [ast.unparse(line) for line in body] == ["raise NotImplementedError"]
            else:
                names.append(ast.unparse(statement.targets))
                assert ast.unparse(statement.value) == "..."
        builders = [part.builder() for part in question.parts.values() if isinstance(part, Training)]
        assert names == [*builders, *question.parts]


def test_a_students_notebook_tells_no_solution_and_no_mistake(student, dealt):
    for question in dealt.questions:
        assert question.variant.solution not in text(student)
        for part in answer_parts(question).values():
            for misconception, _ in part.mistakes_in(question.variant):
                assert misconception.feedback not in text(student)
                assert f"`: {misconception.name}" not in text(student)  # as the instructor's copy lists it


def test_a_students_notebook_says_no_more_of_itself_than_whose_it_is(student):
    assert student["metadata"]["fieldmark"] == {"assignment": "bank", "student": "ada", "attempt": 1}


def test_hidden_cases_are_not_in_the_notebook(student, dealt):
    codes = [part for question in dealt.questions for part in question.parts.values() if isinstance(part, Code)]
    labels = [(part.name, case.label, case.visible) for part in codes for case in part.cases]
    assert any(not visible for *_, visible in labels)
    shown = {(name, label) for name, label, visible in labels if visible}  # two templates may use the same names
    for name, label, _ in labels:
        told = (f"{name}, {label}: as expected", f"{name}, {label}: outputs of the right shape")
        assert any(words in text(student) for words in told) == ((name, label) in shown)


def test_the_instructors_copy_has_keys_mistakes_and_solutions(instructor, dealt):
    for question in dealt.questions:
        key_cell = cells(instructor)[f"{question.id}-key"]["source"]
        assert question.variant.solution in key_cell
        for variable, part in answer_parts(question).items():
            answer = question.variant.answer_of(part.name)
            assert f"`{variable} = {answer.display(question.variant.key(part.name))}`" in key_cell
            for misconception, wrong in part.mistakes_in(question.variant):
                assert f"`{answer.display(wrong)}`: {misconception.name}" in key_cell
    assert instructor["metadata"]["fieldmark"]["keys"]


def test_the_instructors_copy_begins_as_the_students(instructor, student):
    assert [cell for cell in instructor["cells"] if not cell["id"].endswith("-key")] == student["cells"]


# Run


def run(book, ids):
    """Execute cells as a kernel would; returns the names."""
    names = {}
    for id in ids:
        exec(compile(cells(book)[id]["source"], id, "exec"), names)
    return names


@pytest.fixture
def coding(dealt):
    return next(question for question in dealt.questions if question.variant.template.path == "coding/implement_conv2d")


def checked(book, question, answer):
    """Run the checks of a question with this text in its answer cell."""
    book = copy.deepcopy(book)
    cells(book)[f"{question.id}_answer"]["source"] = answer
    return run(book, ["setup", f"{question.id}_answer", f"{question.id}-checks"])


def test_visible_cases_pass_with_the_worked_solution(student, coding, capsys):
    checked(student, coding, coding.variant.solution)
    assert capsys.readouterr().out.splitlines() == [
        "conv2d, one channel, one filter: as expected",
        "conv2d, two images, two channels, three filters: as expected",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [(("+ b", "+ 2 * b"), "expected tensor"), (("(height + 2 * p - kh) // s + 1", "1"), "expected shape")],
)
def test_visible_cases_fail_with_a_wrong_function(student, coding, change, message):
    wrong = coding.variant.solution.replace(*change)
    assert wrong != coding.variant.solution
    with pytest.raises(AssertionError, match=message):
        checked(student, coding, wrong)


def test_visible_cases_fail_with_the_starter(student, coding):
    with pytest.raises(NotImplementedError):
        run(student, ["setup", f"{coding.id}_answer", f"{coding.id}-checks"])


def test_visible_cases_leave_no_names_behind(student, coding):
    names = checked(student, coding, coding.variant.solution)
    assert not {"x", "w", "b", "expected", "found"} & set(names)


def test_a_label_may_hold_quotes_and_braces(add_template, plan, capsys):
    add_template("tiny/twice", TWICE)
    blueprint = plan('title = "T"\n[[slots]]\ntemplate = "tiny/twice"')
    dealt = paper.deal(blueprint, "ada", 1, SECRET, {})
    book = notebook.student_notebook(dealt, blueprint, SECRET)
    checked(book, dealt.questions[0], "def twice(x): return x + x")
    assert capsys.readouterr().out == 'twice, a "short" one\'s {x}: as expected\n'


TWICE = '''\
@template(topics=["tiny/code"])
class Twice:
    stem = "Write twice."

    @code()
    def twice(q, x):
        """Twice x."""
        return 2 * x

    twice.visible("a \\"short\\" one's {x}", x=(3,))
    twice.hidden("a long one", x=(30,))
    solution = "def twice(x): return 2 * x"
'''


@pytest.fixture(scope="module")
def check_form(student):
    """What the check prints for an answer of this kind, with `value` typed in as Python."""
    names = run(student, ["setup"])

    def check_form(answer, value, capsys):
        exec(f"v = {value}", names)
        exec(f'check_form("v", lambda v: {answer.has_form}, {answer.expects!r})', names)
        return capsys.readouterr().out.removesuffix("\n")

    return check_form


RIGHT = [
    (Integer(), "3640"),
    (Integer(), "np.int64(3)"),
    (Real(), "2.5"),
    (Real(), "2"),
    (Shape(), "(10, 10, 40)"),
    (Shape(), "[10, 10, 40]"),
    (Shape(), "torch.ones(1, 2, 3).shape"),
    (Matrix(), "[[1, 2], [3, 4]]"),
    (Matrix(), "np.eye(2)"),
    (Matrix(), "torch.eye(2)"),
]
WRONG = [
    (Integer(), "2.5"),
    (Integer(), "True"),
    (Integer(), "None"),
    (Real(), "[1]"),
    (Shape(), "(10, 10)"),
    (Shape(), "10"),
    (Matrix(), "[1, 2]"),
    (Matrix(), "[[1, 2], [3]]"),
    (Symbolic(), "3"),
]


@pytest.mark.parametrize(("answer", "value"), RIGHT)
def test_the_right_form_is_confirmed(check_form, capsys, answer, value):
    assert check_form(answer, value, capsys) == f"v: {answer.expects}, as asked"


@pytest.mark.parametrize(("answer", "value"), WRONG)
def test_another_form_is_told(check_form, capsys, answer, value):
    assert check_form(answer, value, capsys) == f"v: expected {answer.expects}, found {value}"


@pytest.mark.parametrize("answer", [Integer(), Real(), Shape(), Matrix(), Symbolic()])
def test_a_blank_and_a_text_are_told(check_form, capsys, answer):
    assert check_form(answer, "...", capsys) == "v: still blank"
    assert check_form(answer, "'x'", capsys) == f"v: a text; it will be read as {answer.expects}"


def test_a_name_that_was_deleted_is_blank(student, capsys):
    exec('check_form("v", lambda v: len(v) == 3, "a shape")', run(student, ["setup"]))
    assert capsys.readouterr().out == "v: still blank\n"


WITHOUT_US = """\
import json, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("question_bank", "assignments", "autograder"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
names = {}
for cell in json.load(sys.stdin)["cells"]:
    if cell["cell_type"] == "code":
        exec(cell["source"], names)
"""


def test_a_notebook_runs_where_our_package_is_not(student, dealt):
    book = rehearsal.answered(student, dealt, rehearsal.knows_it)
    done = subprocess.run(
        [sys.executable, "-I", "-c", WITHOUT_US], input=notebook.to_json(book), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    forms = sum(len(answer_parts(question)) for question in dealt.questions)
    # A right answer has the right form: as a number, or as the text that it is typed as.
    assert done.stdout.count(", as asked") + done.stdout.count(": a text; it will be read as") == forms
