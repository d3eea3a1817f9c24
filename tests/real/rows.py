"""What students do to their notebooks: a row each, with what it must earn and what the log must say.

A row's function gets the student's notebook, answered right, and gives what is handed in: a notebook, bytes, or files
by their names. `earns` are the questions that earn all their points, `waits` those that a person marks; all others earn
nothing. `says` are patterns that the line in the log must match; `tells`, ones that the student's page must.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import nbformat

from assignments.notebook import code_cell, to_json

Book = dict[str, Any]
HandedIn = Book | bytes | dict[str, Any]
ALL = "q1 q2 q3"
ROWS: dict[str, Row] = {}


@dataclass(frozen=True)
class Row:
    """One thing that happens to notebooks."""

    hand_in: Callable[[Book], HandedIn]
    earns: str
    says: tuple[str, ...]
    waits: str
    tells: tuple[str, ...]


def row(*says: str, earns: str = ALL, waits: str = "", tells: tuple[str, ...] = ()) -> Callable[..., Any]:
    """A row of the table, named as its function."""

    def add(function: Callable[[Book], HandedIn]) -> Callable[[Book], HandedIn]:
        ROWS[function.__name__] = Row(function, earns, says, waits, tells)
        return function

    return add


def at(book: Book, id: str) -> int:
    """Where a cell stands."""
    return next(index for index, cell in enumerate(book["cells"]) if cell.get("id") == id)


def get(book: Book, id: str) -> dict[str, Any]:
    """A cell."""
    return book["cells"][at(book, id)]


def before(book: Book, id: str, *cells: dict[str, Any]) -> Book:
    """The notebook with further cells before one of its own."""
    place = at(book, id)
    book["cells"][place:place] = cells
    return book


def pop(book: Book, id: str) -> dict[str, Any]:
    """Take a cell out."""
    return book["cells"].pop(at(book, id))


def on_top(book: Book, id: str, source: str) -> Book:
    """The notebook with lines put on top of a cell."""
    get(book, id)["source"] = source + "\n" + get(book, id)["source"]
    return book


def raw(book: Book) -> str:
    """The file as Jupyter writes it: a line of source on a line of its own."""
    lines = {**book, "cells": [{**c, "source": c["source"].splitlines(True)} for c in book["cells"]]}
    return to_json(lines)


# The file


@row()
def untouched(book):
    return book


@row("the file was no JSON; stray commas and line ends were mended")
def broken_json_a_comma_too_many(book):
    return raw(book).replace('"metadata": {},\n', '"metadata": {},,\n', 1).encode()


@row("damaged or cut short")
def broken_json_a_bracket_is_lost(book):
    text = raw(book)
    place = text.rindex("}\n ],")
    return (text[:place] + text[place + 1 :]).encode()


@row("damaged or cut short", "13 whole cells")
def truncated_in_the_last_cell(book):
    text = raw(book)
    return text[: text.rindex('"cell_type"') + 8].encode()


@row("damaged or cut short", "q3: its answer cell is missing", earns="q1 q2", waits="q3", tells=("answer is lost",))
def truncated_in_the_last_answer(book):
    text = raw(book)
    return text[: text.index('"id": "q3_answer"') + 40].encode()


@row("not a notebook", earns="", waits=ALL)
def truncated_to_nothing(book):
    return b""


def conflict(ours: str, theirs: str, base: str = "") -> str:
    base = f"||||||| 3f2a\n{base}" if base else ""
    return f"<<<<<<< HEAD\n{ours}{base}=======\n{theirs}>>>>>>> origin/main\n"


@row("held 1 merge conflict; of each, the side with more answers was taken")
def merge_conflict_with_the_release(book):
    text = raw(book)
    line = re.search(r'^ +"q1_\w+ = .*\n', text, re.M)[0]
    return text.replace(line, conflict(line, re.sub(r"= [^,]*(?=\")", "= ...", line))).encode()


@row("held 1 merge conflict")
def merge_conflict_the_other_way_round_with_its_base(book):
    text = raw(book)
    line = re.search(r'^ +"q1_\w+ = .*\n', text, re.M)[0]
    blank = re.sub(r"= [^,]*(?=\")", "= ...", line)
    return text.replace(line, conflict(blank, line, blank)).encode()


@row(r"cell \d+ held merge-conflict markers")
def merge_conflict_within_a_cell(book):
    source = get(book, "q2_answer")["source"]
    get(book, "q2_answer")["source"] = conflict("q2_x = ...\n", source + "\n")
    return book


@row("byte-order mark")
def byte_order_mark(book):
    return b"\xef\xbb\xbf" + raw(book).encode()


@row("UTF-16")
def saved_by_an_editor_as_utf_16(book):
    return raw(book).encode("utf-16")


@row("not UTF-8")
def saved_by_an_editor_as_windows_1252(book):
    return raw(on_top(book, "q1_answer", "# Größe")).encode("cp1252", "replace")


@row()
def carriage_returns_everywhere(book):
    for cell in book["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    return to_json(book).replace("\n", "\r\n").encode()


# The format


@row("format 2; read as format 4", "known by their text: q1, q2, q3")
def nbformat_2(book):
    cells = [
        {"cell_type": "code", "input": c["source"], "language": "python", "outputs": [], "collapsed": False}
        if c["cell_type"] == "code"
        else {"cell_type": "markdown", "source": c["source"]}
        for c in book["cells"]
    ]
    return {"metadata": {"name": "hw1"}, "nbformat": 2, "worksheets": [{"cells": cells}]}


@row("format 3; read as format 4")
def nbformat_3(book):
    cells = [
        {"cell_type": "code", "input": c["source"].splitlines(True), "language": "python", "outputs": []}
        | {"metadata": c["metadata"], "prompt_number": 1}
        if c["cell_type"] == "code"
        else {"cell_type": "markdown", "source": c["source"], "metadata": c["metadata"]}
        for c in book["cells"]
    ]
    cells.insert(0, {"cell_type": "heading", "level": 1, "source": "Homework", "metadata": {}})
    return {"metadata": book["metadata"], "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}


def of_minor(book: Book, minor: int) -> Book:
    book["nbformat_minor"] = minor
    for cell in book["cells"]:
        if minor < 5:
            cell.pop("id")
    nbformat.validate(nbformat.from_dict(book))
    return book


@row()
def nbformat_4_0(book):
    return of_minor(book, 0)


@row()
def nbformat_4_1(book):
    return of_minor(book, 1)


@row()
def nbformat_4_2(book):
    return of_minor(book, 2)


@row()
def nbformat_4_3(book):
    return of_minor(book, 3)


@row()
def nbformat_4_4(book):
    return of_minor(book, 4)


@row()
def nbformat_4_5_without_cell_ids(book):
    return of_minor(book, 4) | {"nbformat_minor": 5}


@row()
def outputs_on_markdown_cells(book):
    for cell in book["cells"]:
        cell |= {"outputs": [], "execution_count": 3}
    return book


# Kernels


@row("names no kernel; run with Python 3")
def no_kernel(book):
    book["metadata"] = {"fieldmark": book["metadata"]["fieldmark"]}
    return book


@row("kernel is 'ir'; run with Python 3")
def a_kernel_of_r(book):
    book["metadata"]["kernelspec"] = {"display_name": "R", "language": "R", "name": "ir"}
    return book


@row()
def a_kernel_of_ones_own(book):
    book["metadata"]["kernelspec"] = {"display_name": "dl", "language": "python", "name": "conda-env-dl-py"}
    return book


@row("kernel is 'python2'; run with Python 3", "print statements of Python 2")
def a_kernel_of_python_2(book):
    book["metadata"]["kernelspec"] = {"display_name": "Python 2", "language": "python", "name": "python2"}
    return on_top(book, "q1_answer", 'print "the side is", 3  # as it was')


# nbgrader's metadata


@row("known by their text: q1, q2, q3", r"q1: found by assignment in cell \d+: q1_")
def no_nbgrader_metadata(book):
    for cell in book["cells"]:
        cell["metadata"] = {}
    return book


@row(r"q1: found by assignment in cell \d+: q1_")
def stale_nbgrader_metadata(book):
    for cell in book["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] = {"grade_id": "cell-7f3a", "schema_version": 1, "solution": True}
    return book


@row(r"q1: its answer cell stands 2 times", r"q2: found by assignment in cell \d+")
def duplicated_nbgrader_metadata(book):
    get(book, "q2_answer")["metadata"] = get(book, "q1_answer")["metadata"]
    return book


# Cells


@row(r"q1: its grade cell is missing; marked below cell \d+", "q2: its grade cell is missing")
def deleted_grade_cells(book):
    for id in ("q1", "q2", "q3"):
        pop(book, id)
    return book


@row("q2: its answer cell is missing, and no cell assigns q2_output", earns="q1 q3")
def deleted_answer_cell(book):
    pop(book, "q2_answer")
    return book


@row()
def deleted_stems_and_checks(book):
    for id in ("title", "q1-stem", "q2-stem", "q2-checks"):
        pop(book, id)
    return book


@row(r"q1: found by assignment in cell \d+: q1_")
def split_cells(book):
    source = get(book, "q1_answer")["source"].splitlines()
    get(book, "q1_answer")["source"] = source[0]
    return before(book, "q1-checks", *(code_cell(f"new{n}", line) for n, line in enumerate(source[1:])))


@row(r"q2: found by assignment in cell \d+: q2_")
def merged_cells(book):
    second = pop(book, "q2_answer")["source"]
    get(book, "q1_answer")["source"] += "\n" + second
    return book


@row(r"cell \d+ had been turned into markdown text; run as code: q1_")
def answer_converted_to_markdown(book):
    cell = get(book, "q1_answer")
    cell |= {"cell_type": "markdown", "source": f"```python\n{cell['source']}\n```"}
    del cell["outputs"], cell["execution_count"]
    return book


@row(r"cell \d+ had been turned into raw text; run as code: q2_")
def answer_converted_to_raw(book):
    get(book, "q2_answer")["cell_type"] = "raw"
    return book


@row()
def grade_cell_converted_and_stem_made_code(book):
    get(book, "q1")["cell_type"] = "markdown"
    get(book, "q2-stem")["cell_type"] = "code"
    return book


@row("q1: its grade cell stands above an answer", "q3: its grade cell stands above an answer")
def reordered_grade_cells_first(book):
    for id in ("q1", "q2", "q3"):
        book["cells"].insert(0, pop(book, id))
    return book


@row("q1: its grade cell stands above an answer")
def answered_at_the_end(book):
    source = get(book, "q1_answer")["source"]
    get(book, "q1_answer")["source"] = re.sub(r"= .*", "= ...", source)
    book["cells"].append(code_cell("end", source))
    return book


@row("q1: its answer cell stands 2 times", "q1: its grade cell stands 2 times; marked once")
def pasted_twice(book):
    book["cells"] += [dict(cell) for cell in book["cells"]]
    return book


@row("q1: its grade cell stands 2 times", "stands above an answer")
def pasted_twice_and_only_the_copy_answered(book):
    copies = [dict(cell) for cell in book["cells"]]
    for id in ("q1_answer", "q2_answer"):
        get(book, id).update(source=re.sub(r"= .*", "= ...", get(book, id)["source"]))
    get(book, "q3_answer")["source"] = "def conv2d(x, w, b, stride, padding):\n    raise NotImplementedError"
    book["cells"] += copies
    return book


@row("cell of imports was deleted or edited; the original was run first")
def imports_deleted(book):
    pop(book, "setup")
    return on_top(book, "q2_answer", "np.zeros(3)")


@row("cell of imports was deleted or edited")
def imports_edited(book):
    get(book, "setup")["source"] = "import nunpy as np\nimport torch"
    return on_top(book, "q2_answer", "np.zeros(3)")


@row()
def imports_added(book):
    get(book, "setup")["source"] += "\nimport math"
    return on_top(book, "q2_answer", "math.pi")


@row("locked cells were edited; restored: q2")
def locked_cell_edited(book):
    get(book, "q2")["source"] = "print('full marks')\n3.0"
    return book


@row(r"^q1: answered in its locked cell \d+: q1_[^;]*; locked cells were edited; restored: q1")
def answered_in_the_locked_cell(book):
    get(book, "q1")["source"] += "\n" + pop(book, "q1_answer")["source"]
    return book


# Code


@row(earns="q2 q3", tells=("SyntaxError",))
def syntax_error_in_an_answer(book):
    return on_top(book, "q1_answer", "for")


@row()
def syntax_error_elsewhere(book):
    return before(book, "q1_answer", code_cell("x", "print('unfinished"))


@row(earns="q1 q3", tells=(r"it is defined in cell \d+, below cell \d+; cells are run from top to bottom",))
def hidden_state_a_name_of_a_later_cell(book):
    book["cells"].append(code_cell("late", "helper = 7"))
    return on_top(book, "q2_answer", "helper + 1")


@row(earns="q1 q3", tells=("no cell defines it; was one deleted?",))
def hidden_state_a_name_of_a_deleted_cell(book):
    return on_top(book, "q2_answer", "helper + 1")


@row(r"cell \d+ was last run before cell \d+ above it", earns="q1 q3", tells=("grading goes from top to bottom",))
def hidden_state_a_value_that_was_another(book):
    get(book, "q2_answer")["execution_count"] = 9
    get(book, "q2_answer")["source"] += "\nq2_output = [step] if step < 0 else q2_output"
    before(book, "q2_answer", code_cell("a", "step = -1"))
    get(book, "a")["execution_count"] = 12
    return book


@row(earns="q1 q3", tells=(r"cell \d+, which defines it, raised ZeroDivisionError",))
def a_helper_that_raised(book):
    before(book, "q2_answer", code_cell("help", "1 / 0\nhelper = 1"))
    return on_top(book, "q2_answer", "helper + 1")


# The world outside


@row()
def shell_and_magics(book):
    on_top(
        book, "q1_answer", "%matplotlib inline\n!pip install torch\n!ls\n%timeit -n1 -r1 1 + 1\n%load_ext autoreload"
    )
    return on_top(book, "q2_answer", "%%time")


@row("cells 2, 4: lines for another machine were left out: .*drive.mount")
def a_mounted_drive(book):
    mount = "from google.colab import drive\ndrive.mount('/content/drive', force_remount=True)"
    return on_top(on_top(book, "setup", mount), "q1_answer", "%cd /content/drive/MyDrive/hw1\n%cd ~/hw1")


@row()
def a_mounted_drive_where_there_is_one(book):
    source = (
        "try:\n    from google.colab import drive\n    drive.mount('/content/drive')\nexcept ImportError:\n    pass"
    )
    return on_top(book, "setup", source)


@row(
    "'/content/drive/MyDrive/kernel.npy'|/content/drive/MyDrive/kernel.npy of another machine",
    earns="q1 q3",
    waits="q2",
)
def an_absolute_path(book):
    return on_top(book, "q2_answer", "kernel = np.load('/content/drive/MyDrive/kernel.npy')")


@row("nothing can be downloaded", earns="q1 q3", waits="q2")
def a_download(book):
    return on_top(book, "q2_answer", "import urllib.request\nurllib.request.urlretrieve('https://example.org/a', 'a')")


@row()
def a_download_by_the_shell(book):
    return on_top(book, "q2_answer", "!wget -q https://example.org/a.zip\n!unzip a.zip")


@row("there is no GPU where notebooks are marked", earns="q1 q2", waits="q3", tells=("needs what is not here",))
def code_for_a_gpu_alone(book):
    source = get(book, "q3_answer")["source"]
    name = re.search(r"def (\w+)\((\w+)", source)
    get(book, "q3_answer")["source"] = source + (
        f"\n_cpu = {name[1]}\ndef {name[1]}({name[2]}, *more):\n    return _cpu({name[2]}.cuda(), *more)"
    )
    return book


@row("there is no GPU", earns="q1 q3", waits="q2")
def a_device_that_is_a_gpu(book):
    return on_top(book, "q2_answer", "device = torch.device('cuda')\nx = torch.zeros(3, device=device)")


@row("the package 'keras' is not installed where notebooks are marked", earns="q1 q3", waits="q2")
def a_package_that_is_not_here(book):
    return on_top(book, "q2_answer", "import keras")


@row(earns="q2 q3", tells=(r"input\(\) cannot be answered",))
def an_input(book):
    return on_top(book, "q1_answer", "n = int(input('n? '))")


# Older releases


@row("np.float was removed from NumPy; its name is now float", earns="q1 q3", waits="q2", tells=("np.float",))
def a_name_that_numpy_no_longer_has(book):
    return on_top(book, "q2_answer", "x = np.zeros(3, dtype=np.float)")


@row("numpy.product was removed; its name is now np.prod", earns="q1 q3", waits="q2")
def a_function_that_numpy_no_longer_has(book):
    return on_top(book, "q2_answer", "x = np.product([1, 2])")


@row("np.float_ was removed in NumPy 2.0; its name is now np.float64", earns="q1 q2", waits="q3")
def a_name_that_numpy_no_longer_has_within_a_function(book):
    source = get(book, "q3_answer")["source"]
    name = re.search(r"def (\w+)\(", source)[1]
    get(book, "q3_answer")["source"] = (
        f"{source}\n_new = {name}\ndef {name}(*inputs):\n    np.float_(1)\n    return _new(*inputs)"
    )
    return book


@row("removed from torch; its name is now torch.linalg.matrix_rank", earns="q1 q3", waits="q2")
def a_function_that_torch_no_longer_has(book):
    return on_top(book, "q2_answer", "r = torch.matrix_rank(torch.eye(2))")


@row("helper is not defined, because of cell .*np.int was removed", earns="q1 q3", waits="q2")
def a_helper_that_needs_an_older_release(book):
    before(book, "q2_answer", code_cell("help", "x = np.int(3)\nhelper = 1"))
    return on_top(book, "q2_answer", "helper + 1")


@row()
def warnings_and_noise_on_stderr(book):
    noise = (
        "import sys, warnings, logging\nwarnings.warn('old', DeprecationWarning)\nprint('E' * 5000, file=sys.stderr)"
    )
    return on_top(book, "q1_answer", noise + "\nlogging.warning('x')\nnp.log(np.zeros(1))")


# What a notebook carries


@row()
def widgets(book):
    state = {"state": {"a1": {"model_name": "IntSliderModel", "state": {}}}, "version_major": 2, "version_minor": 0}
    book["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    source = "import ipywidgets\nipywidgets.interact(lambda n: n, n=(1, 9))\nslider = ipywidgets.IntSlider()\nslider"
    return before(book, "q1_answer", code_cell("w", source))


@row()
def twenty_megabytes_of_outputs(book):
    printed = {"output_type": "stream", "name": "stdout", "text": "[[0.25, [1]], {}]\n" * 500_000}
    image = {"output_type": "display_data", "data": {"image/png": "A" * 12_000_000}, "metadata": {}}
    get(book, "q1_answer")["outputs"] = [printed, image]
    assert len(to_json(book)) > 20 * 2**20
    return book


@row()
def attachments(book):
    get(book, "q1-stem")["attachments"] = {"photo.png": {"image/png": "iVBORw0KGgo=" * 1000}}
    return book


# Files


@row(r"hw1 \(2\).ipynb, not hw1.ipynb")
def a_second_download(book):
    return {"hw1 (2).ipynb": book}


@row("Übung 1 von Jörg.ipynb, not hw1.ipynb")
def a_name_with_blanks_and_umlauts(book):
    return {"Übung 1 von Jörg.ipynb": book}


@row("hw1.ipynb.txt, not hw1.ipynb")
def a_name_that_a_browser_gave(book):
    return {"hw1.ipynb.txt": book}


def blank(book: Book) -> Book:
    cells = [
        {**c, "source": re.sub(r"(?m)^(q\d_\w+) = .*", r"\1 = ...", c["source"])} if c["id"][-7:] == "_answer" else c
        for c in book["cells"]
    ]
    return {**book, "cells": [c for c in cells if c["id"] != "q3_answer"]}


@row()
def a_checkpoint_copy_beside_it(book):
    return {
        "hw1.ipynb": book,
        ".ipynb_checkpoints/hw1-checkpoint.ipynb": blank(book),
        "hw1-checkpoint.ipynb": blank(book),
    }


@row("hw1-checkpoint.ipynb, not hw1.ipynb")
def a_checkpoint_copy_alone(book):
    return {".ipynb_checkpoints/hw1-checkpoint.ipynb": book}


@row("2 notebooks were handed in where one is expected", r"hw1 \(1\).ipynb was graded", "not graded: hw1.ipynb")
def two_notebooks_one_of_them_blank(book):
    return {"hw1.ipynb": blank(book), "hw1 (1).ipynb": book}


@row("2 notebooks were handed in", "hw1.ipynb was graded", "not graded: scratch.ipynb")
def two_notebooks_one_of_them_something_else(book):
    other = {"cells": [code_cell("a", "x = 1")], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return {"hw1.ipynb": book, "scratch.ipynb": other}


@row("not a notebook", earns="", waits=ALL)
def two_notebooks_one_broken_the_other_something_else(book):
    other = {"cells": [code_cell("a", "x = 1")], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return {"hw1.ipynb": b"{", "scratch.ipynb": other}


@row("2 notebooks were handed in", "hw1 copy.ipynb was graded")
def two_notebooks_one_of_them_broken(book):
    return {"hw1 copy.ipynb": book, "my hw1.ipynb": b"{"}


@row("belongs to 'zoe', 'hw1'", earns="", waits=ALL)
def another_students_notebook(book):
    book["metadata"]["fieldmark"]["student"] = "zoe"
    return book


@row("belongs to 'zoe', 'hw1'", earns="", waits=ALL)
def another_students_notebook_without_metadata(book):
    book["metadata"] = {}
    title = get(book, "title")
    title["source"] = re.sub(r"· \w+ ·", "· zoe ·", title["source"])
    return book


@row()
def ones_own_notebook_without_metadata(book):
    book["metadata"] = {}
    return book


def as_bytes(handed_in: HandedIn) -> dict[str, bytes]:
    """Files by their names."""
    if isinstance(handed_in, bytes):
        return {"hw1.ipynb": handed_in}
    if not any("ipynb" in name for name in handed_in):
        return {"hw1.ipynb": json.dumps(handed_in).encode()}
    return {name: data if isinstance(data, bytes) else json.dumps(data).encode() for name, data in handed_in.items()}
