"""Rosters as people have them: from Canvas, Moodle, nbgrader and Excel; and what cannot be a roster."""

import pytest

from assignments import roster
from assignments.roster import Student
from question_bank.errors import RosterError

ADA, GRACE = Student("ada", "Ada", "Lovelace"), Student("grace", "Grace", "Hopper")


@pytest.fixture
def read(tmp_path):
    """Read a roster that holds this text, or these bytes."""

    def read(content):
        file = tmp_path / "roster.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return roster.read(file)

    return read


@pytest.fixture
def faults(read):
    """The lines that tell what is wrong with a roster; each names the file."""

    def faults(content):
        with pytest.raises(RosterError) as caught:
            read(content)
        lines = str(caught.value).splitlines()
        assert all("roster.csv: " in line for line in lines)
        return [line.split("roster.csv: ", 1)[1] for line in lines]

    return faults


def ids(students):
    return [student.id for student in students]


# Where rosters come from


def test_a_list_of_ids_is_enough(read):
    assert read("id\nada\ngrace\n") == [Student("ada"), Student("grace")]


def test_nbgrader(read):
    text = "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@example.org,\n"
    assert read(text) == [Student("ada", "Ada", "Lovelace", "ada@example.org")]


def test_canvas(read):
    text = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (1234)
    Points Possible,,,,,10.00
"Hopper, Grace",102,u2,grace,Section A,7
"Lovelace, Ada",101,u1,ada,Section A,
"Student, Test",103,,5f3e,Section A,
"""
    assert read(text) == [ADA, GRACE]


def test_moodle(read):
    text = """\
First name,Surname,ID number,Institution,Department,Email address
Ada,Lovelace,ada,,,ada@example.org
"""
    assert read(text) == [Student("ada", "Ada", "Lovelace", "ada@example.org")]


def test_names_in_one_column(read):
    text = 'id,name\nada,"Lovelace, Ada"\ngrace,Grace Hopper\njean,Jean Le Rond\n'
    assert read(text) == [ADA, GRACE, Student("jean", "Jean Le", "Rond")]


def test_a_column_that_is_empty_gives_way_to_the_next(read):
    assert ids(read("ID,SIS Login ID\n101,\n102,grace\n")) == ["101", "grace"]


# How they are written


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffid,first name,last name\nada,Ada,Lovelace\ngrace,Grace,Hopper\n",
        "id;first name;last name\nada;Ada;Lovelace\ngrace;Grace;Hopper\n",
        "id\tfirst name\tlast name\nada\tAda\tLovelace\ngrace\tGrace\tHopper\n",
        "id,first name,last name\r\nada,Ada,Lovelace\r\ngrace,Grace,Hopper\r\n",
        "\n\nid,first name,last name\n\nada,Ada,Lovelace\n,,\n  \ngrace,Grace,Hopper",
        'ID , "first name","Last Name"\n ada , Ada , Lovelace \ngrace,Grace,Hopper\n'.replace(', "', ',"'),
        '"id";"first name";"last name"\n"ada";"Ada";"Lovelace"\n"grace";"Grace";"Hopper"\n',
    ],
    ids=["byte-order mark", "semicolons", "tabs", "CRLF", "blank lines", "spaces and capitals", "quotes"],
)
def test_ways_of_writing_the_same_roster(read, text):
    assert read(text) == [ADA, GRACE]


def test_quoted_commas_stay_in_their_column(read):
    assert read('id,last_name,first_name\nada,"Lovelace, Countess of",Ada\n') == [
        Student("ada", "Ada", "Lovelace, Countess of")
    ]


def test_windows_1252_is_read_where_it_is_not_utf_8(read):
    assert read("id,last_name\nkurt,Gödel\n".encode("cp1252")) == [Student("kurt", "", "Gödel")]


def test_the_order_of_rows_does_not_matter(read):
    assert read("id\ngrace\nada\n") == read("id\nada\ngrace\n")


def test_short_and_long_rows_are_read(read):
    assert ids(read("id,first_name\nada\ngrace,Grace,more\n")) == ["ada", "grace"]


# What cannot be a roster


def test_a_duplicate_is_named_with_both_lines(faults):
    assert faults("id\nada\ngrace\nada\n") == ["line 4: id 'ada' stands on line 2 already"]


@pytest.mark.parametrize(("first", "second"), [("ada", "Ada"), ("Ada", "ada"), ("ß", "SS")])
def test_ids_that_differ_only_in_case_are_duplicates(faults, first, second):
    assert faults(f"id\n{first}\n{second}\n") == [f"line 3: id {second!r} stands on line 2 already"]


def test_ids_that_differ_only_in_how_an_accent_is_stored_are_duplicates(faults):
    assert len(faults("id\nandré\nandre\u0301\n")) == 1


@pytest.mark.parametrize(
    "id", ["../x", "a/b", "a\\b", ".hidden", "..", "-x", "a+b", "a:b", "a\x07b", "a\x00b", "a\u200bb"]
)
def test_an_id_that_cannot_name_a_folder_is_refused(faults, id):
    [line] = faults(f"id\n{id}\n")
    assert line.startswith(f"line 2: id {id!r} cannot name a folder")


def test_an_id_of_100_bytes_is_the_longest(read, faults):
    assert ids(read("id\n" + 50 * "é")) == [50 * "é"]
    assert faults("id\nx" + 50 * "é") == [f"line 2: id 'x{19 * 'é'}'… is longer than 100 bytes"]


def test_a_row_without_an_id_is_named(faults):
    assert faults("id,name\nada,Ada\n,Grace\n") == ["line 3: has no id"]


def test_every_faulty_row_is_named(faults):
    assert [line.split(":")[0] for line in faults("id\na/b\nada\nada\n.x\n")] == ["line 2", "line 4", "line 5"]


def test_a_roster_without_a_column_of_ids_is_refused(faults):
    [line] = faults("name,email\nAda,ada@example.org\n")
    assert line == "expected a column with students' ids, such as 'id' or 'username'; found name, email"


@pytest.mark.parametrize("content", ["", "\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(faults, content):
    assert faults(content)[0].endswith("found an empty file")


@pytest.mark.parametrize("content", ["id\n", "Student,ID\nPoints Possible,1\n"])
def test_a_roster_without_students_is_refused(faults, content):
    assert faults(content) == ["expected a row for each student; found none"]


def test_a_quote_that_is_never_closed_does_not_swallow_students(faults):
    [line] = faults('id,name\nada,"Ada\ngrace,Grace\n')
    assert "not CSV" in line


def test_a_missing_roster_is_named(tmp_path):
    with pytest.raises(RosterError, match=r"nobody\.csv: no such roster"):
        roster.read(tmp_path / "nobody.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_excels_own_line_and_unicode_text_are_taken(read, encoding):
    assert read("sep=;\r\nid;surname\r\nzoe;Weiß\r\n".encode(encoding)) == [Student("zoe", "", "Weiß")]
