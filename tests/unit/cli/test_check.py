"""`fieldmark check`: one response, or one for each line of standard input."""

import io
import json
import subprocess
import sys

import pytest

from autograder.cli import check, main

PLAIN = {"kind": "integer", "key": 3640, "response": "3640"}


def answers(*rows):
    """The exit status, and what is written for these lines: objects, texts or bytes."""
    spelled = [
        row if isinstance(row, bytes) else (row if isinstance(row, str) else json.dumps(row)).encode() for row in rows
    ]
    out = io.StringIO()
    status = check.lines(io.BytesIO(b"\n".join(spelled)), out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_has_its_answer_in_order():
    status, found = answers(PLAIN, "", {**PLAIN, "response": "3641"}, {**PLAIN, "response": None, "options": {}})
    assert (status, [line["verdict"] for line in found]) == (0, ["correct", "incorrect", "blank"])
    assert found[0].keys() == {"verdict", "message", "note", "ms"}
    assert all(line["ms"] >= 0 for line in found)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("not JSON", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        ("7", "expected an object"),
        ({"kind": "integer"}, "expected an object"),
        ({**PLAIN, "more": 1}, "expected an object"),
        ({**PLAIN, "kind": 7}, "expected a kind that is a text"),
        ({**PLAIN, "options": [1]}, "options that are an object"),
        ({**PLAIN, "kind": "parrot"}, "expected a kind (choice"),
        ({**PLAIN, "key": "many"}, "the key is not of this kind"),
        ({**PLAIN, "options": {"rel": 1}}, "integer has no option 'rel'"),
    ],
)
def test_a_line_that_makes_no_sense_stops_no_other(line, says):
    status, found = answers(line, PLAIN)
    assert status == 1
    assert says in found[0]["error"]
    assert found[0].keys() == {"error"}
    assert found[1]["verdict"] == "correct"


def test_a_fault_of_ours_stops_no_other_line(monkeypatch):
    def broken(kind, options, key, response):
        raise KeyError("ours")

    monkeypatch.setattr(check.door, "check", broken)
    status, found = answers(PLAIN, PLAIN)
    assert (status, found) == (1, [{"error": "could not be checked: KeyError: 'ours'"}] * 2)


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        ("9" * 5_000, "invalid"),  # a number that Python refuses to read
        ("NaN", "invalid"),
        ("1e999", "invalid"),
        ("[[[[1]]]]", "invalid"),
        ('{"a": 1}', "invalid"),
        ('"\\ud800"', "invalid"),
        ("3640.0", "correct"),
    ],
)
def test_any_json_is_a_response(response, verdict):
    status, [found] = answers('{"kind": "integer", "key": 3640, "response": ' + response + "}")
    assert (status, found["verdict"]) == (0, verdict)


def test_nothing_that_acts_on_a_terminal_is_written(capsys):
    hostile = "\x1b[2J\u202e\x9b31m\u2066"
    out = io.StringIO()
    check.lines(io.BytesIO(json.dumps({**PLAIN, "response": hostile}).encode()), out)
    check.one("text", "{}", hostile + "a", hostile + "b", as_json=False)
    check.one("integer", "{}", hostile, "1", as_json=False)
    written = out.getvalue() + "".join(capsys.readouterr())
    assert written.replace("\n", "").isprintable()
    assert "\u202e" not in written


def command(*arguments, text=""):
    line = [sys.executable, "-m", "autograder.cli.main", "check", *arguments]
    done = subprocess.run(line, input=text, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_one_response_for_people_and_for_scripts():
    asked = ("--kind", "integer", "--key", "3640", "--response", "3*3*10*40+q")
    assert command(*asked) == (0, "invalid\nexpected a number, found 'q'\n3*3*10*40+q\n          ^\n", "")
    status, out, _ = command(*asked, "--json")
    assert (status, json.loads(out)["verdict"]) == (0, "invalid")
    right = ("--kind", "real", "--key", "1/3", "--response", "0.3", "--options", '{"places": 1}')
    assert command(*right) == (0, "correct\nread as 0.3\n", "")


def test_standard_input_is_answered_without_torch_or_sympy():
    script = (
        "import sys; from autograder.cli import main\n"
        "sys.argv = ['fieldmark', 'check']\n"
        "try: main.run()\n"
        "finally: print({'torch', 'sympy', 'nbgrader', 'jinja2'} & set(sys.modules), file=sys.stderr)"
    )
    lines = "\n".join(json.dumps(row) for row in (PLAIN, {"kind": "symbolic", "key": "x+1", "response": "1+x"}))
    done = subprocess.run([sys.executable, "-c", script], input=lines, capture_output=True, text=True, check=False)
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["correct", "correct"]
    assert (done.returncode, done.stderr.strip()) == (0, "set()")


def test_the_command_says_what_makes_no_sense():
    status, out, err = command("--kind", "parrot", "--key", "1", "--response", "1")
    assert (status, out) == (2, "")
    assert err.startswith("fieldmark: expected a kind (choice")
    assert main.check.__doc__.startswith("Check a response")
